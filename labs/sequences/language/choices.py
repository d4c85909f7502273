"""The settings of the writing experiment: what they are at first, and which values they take."""

from labs.live.checks import number, option, rounded, shown
from labs.sequences.language.nets import shipped
from labs.sequences.language.sampling import Settings
from labs.sequences.language.view.text import COLORS
from labs.sequences.language.view.units import UNIT

RANGES = {"temperature": (0.0, 3.0), "top_p": (0.05, 1.0)}
COUNTS = {"top_k": (0, 40), "seed": (0, 99), "unit": (0, UNIT - 1)}

Choices = dict[str, str | float]


def usual() -> Choices:
    """Return the settings with which the page opens."""
    return {
        "net": next(iter(shipped())), "temperature": 0.8, "top_k": 0, "top_p": 1.0, "seed": 1,
        "color": "surprise", "layer": "2", "unit": 0,
    }  # fmt: skip


def checked(name: object, value: object) -> str | float:
    """Return a browser's value for the setting `name`.  Raises ValueError in one sentence."""
    if name == "net":
        return option(value, shipped(), "The net")
    if name == "layer":
        return option(value, ("1", "2"), "The layer")
    if name == "color":
        return option(value, COLORS, "The colour")
    if isinstance(name, str) and name in RANGES:
        return number(value, *RANGES[name], name)
    if isinstance(name, str) and name in COUNTS:
        return rounded(value, *COUNTS[name], name)
    raise ValueError(f"The writer has no setting {shown(name)}.")


def how(choices: Choices) -> Settings:
    """Return how characters are chosen."""
    return Settings(float(choices["temperature"]), int(choices["top_k"]), float(choices["top_p"]))
