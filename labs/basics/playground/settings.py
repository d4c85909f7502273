"""The playground's settings: what each may be, what it is at first, and what a change costs."""

from collections.abc import Mapping

from labs.basics.playground.features import SETS, chosen
from labs.basics.playground.setup import Setup
from labs.basics.playground.task import CHOICES, Task
from labs.data.plane import DATA
from labs.live.checks import number, option, rounded, shown
from labs.models.dense import ACTIVATIONS, INITIAL, OPTIMIZERS, SCHEDULES, Layer

MOST_LAYERS, MOST_UNITS = 6, 12
STOPS = {"never": (0.0, 0.0), "loss05": (0.05, 0.0), "loss01": (0.01, 0.0), "right": (0.0, 1.0)}
OPTIONS: Mapping[str, tuple[str, ...]] = {
    "data": tuple(DATA),
    "kind": tuple(SETS),
    "loss": CHOICES,
    "optimizer": tuple(OPTIMIZERS),
    "init": tuple(INITIAL),
    "schedule": tuple(SCHEDULES),
    "edges": ("weight", "gradient"),
    "scale": ("log", "linear"),
    "stop": tuple(STOPS),
    "norm": ("off", "on"),
}
RANGES: Mapping[str, tuple[float, float]] = {
    "learning_rate": (1e-5, 10.0),
    "noise": (0.0, 1.0),
    "share": (0.1, 0.9),
    "l1": (0.0, 0.1),
    "l2": (0.0, 0.1),
    "dropout": (0.0, 0.8),
    "max_norm": (0.0, 5.0),
}
COUNTS: Mapping[str, tuple[int, int]] = {"batch": (1, 200), "seed": (1, 999), "total": (10, 10_000)}
USUAL: Mapping[str, str | float | int] = {
    "data": "circle", "noise": 0.1, "share": 0.5, "seed": 1,
    "features": "x1,x2", "kind": "none", "layers": "4,2", "activation": "tanh",
    "norm": "off", "dropout": 0.0, "init": "Xavier", "loss": "squared",
    "optimizer": "SGD", "learning_rate": 0.1, "schedule": "constant", "total": 1000, "batch": 10,
    "l1": 0.0, "l2": 0.0, "max_norm": 0.0, "edges": "weight", "scale": "log", "stop": "never",
}  # fmt: skip
POINTS = ("data", "noise", "share", "seed")  # a change makes new points
SHAPE = ("features", "kind", "layers", "norm", "dropout", "activation")  # a net of another shape
FRESH = ("init", "loss", "seed")  # a change begins again
LIVE = ("optimizer", "learning_rate", "schedule", "total", "batch", "l1", "l2", "max_norm")


def checked(name: object, value: object) -> str | float | int:
    """Return a setting's value as it is kept.  Raises ValueError in one sentence."""
    if not isinstance(name, str) or name not in USUAL:
        raise ValueError(f"The playground has no setting {shown(name)}.")
    if name in OPTIONS:
        return option(value, OPTIONS[name], name)
    if name in RANGES:
        return number(value, *RANGES[name], name.replace("_", " "))
    if name in COUNTS:
        return rounded(value, *COUNTS[name], name)
    if not isinstance(value, str) or len(value) > 200:
        raise ValueError(f"{name} is a short text.")
    if name == "features":
        return ",".join(feature.key for feature in chosen(value, "none"))
    if name == "layers":
        return ",".join(map(str, sizes(value)))
    return ",".join(option(f, ACTIVATIONS, "An activation") for f in value.split(","))


def sizes(text: str) -> list[int]:
    """Return the hidden layers in a text such as "4,2"; "" is none.  Raises ValueError."""
    try:
        found = [int(part) for part in text.split(",") if part]
    except ValueError:
        found = [0]
    if len(found) > MOST_LAYERS or not all(1 <= n <= MOST_UNITS for n in found):
        raise ValueError(
            f"The layers are at most {MOST_LAYERS} numbers from 1 to {MOST_UNITS}, such as 4,2."
        )
    return found


def setup(s: Mapping[str, str | float | int], classes: int) -> Setup:
    """Return what the settings decide of a run, for points of so many classes."""
    widths, names = sizes(str(s["layers"])), str(s["activation"]).split(",")
    layers = tuple(
        Layer(n, names[min(i, len(names) - 1)], s["norm"] == "on", float(s["dropout"]))
        for i, n in enumerate(widths)
    )
    return Setup(
        layers, Task(str(s["loss"]), classes), str(s["init"]), str(s["optimizer"]),
        float(s["learning_rate"]), str(s["schedule"]), int(s["total"]), int(s["batch"]),
        float(s["l1"]), float(s["l2"]), float(s["max_norm"]), int(s["seed"]),
    )  # fmt: skip
