"""What can be set of a dream: names, defaults, and what each takes."""

from collections.abc import Mapping

from labs.data.photos import NAMES
from labs.live.checks import number, option, rounded, shown
from labs.vision.dream.ascent import Ascent
from labs.vision.dream.nets import OURS, classes, layers, widest
from labs.vision.dream.objective import LOGITS
from labs.vision.dream.transforms import Transforms

Value = str | float

STARTS = (*NAMES, "noise", "drawing", "yours")
WHOLE = -1  # the channel that stands for the whole layer
NOBODY = "nothing"  # no guide, no second layer, nothing outside the mask
RANGES = {
    "octave_scale": (1.1, 2.0),
    "step_size": (0.002, 0.1),
    "jitter": (0, 32),
    "rotation": (0, 30),
    "scale": (0, 0.3),
    "smooth": (0, 20),
    "softness": (0, 1),
    "weight": (-2, 2),
}
COUNTS = {"octaves": (1, 6), "steps": (1, 40), "size": (96, 320)}


def usual_layer(net: str) -> str:
    """Return the layer that a dream of this net begins with: eyes and textures."""
    return layers(net)[len(layers(net)) // 2 + (net in OURS)]


def usual(net: str) -> dict[str, Value]:
    """Return every setting as a new dream of this net has it."""
    return {
        "layer": usual_layer(net),
        "start": "cat",
        "channel": WHOLE,
        "category": "banana",
        "guide": NOBODY,
        "second": NOBODY,
        "weight": 1.0,
        "outside": NOBODY,
        "octaves": 4,
        "octave_scale": 1.4,
        "steps": 8,
        "step_size": 0.02,
        "jitter": 8,
        "rotation": 0,
        "scale": 0,
        "smooth": 0,
        "softness": 0,
        "size": 224,
    }


def options(net: str) -> dict[str, tuple[str, ...]]:
    """Return the settings that are words, and the words that each takes with this net."""
    return {
        "layer": (*layers(net), LOGITS),
        "category": classes(net),
        "start": STARTS,
        "guide": (NOBODY, *NAMES),
        "second": (NOBODY, *layers(net)),
        "outside": (NOBODY, *layers(net)),
    }


def counts(net: str) -> dict[str, tuple[int, int]]:
    """Return the settings that are whole numbers, and the range of each with this net."""
    return COUNTS | {"channel": (WHOLE, widest(net) - 1)}


def ascent(settings: Mapping[str, Value]) -> Ascent:
    """Return how to climb."""
    s = settings
    moves = Transforms(float(s["jitter"]), float(s["scale"]), float(s["rotation"]))
    return Ascent(
        int(s["steps"]), float(s["step_size"]), int(s["octaves"]), float(s["octave_scale"]),
        float(s["smooth"]), moves, float(s["softness"]),
    )  # fmt: skip


def checked(
    name: object,
    value: object,
    words: Mapping[str, tuple[str, ...]],
    counts: Mapping[str, tuple[int, int]],
) -> Value:
    """Return `value` as the setting `name` takes it.  Raises ValueError in one sentence."""
    if isinstance(name, str) and name in words:
        return option(value, words[name], name)
    if isinstance(name, str) and name in RANGES:
        return number(value, *RANGES[name], name)
    if isinstance(name, str) and name in counts:
        return rounded(value, *counts[name], name)
    raise ValueError(f"The dream lab has no setting {shown(name)}.")
