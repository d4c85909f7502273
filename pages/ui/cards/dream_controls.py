"""What can be turned in the dream lab: what is wanted, how it climbs, and how calmly."""

from collections.abc import Mapping

from labs.data.photos import NAMES
from pages.ui.stage import Control, Knob, Select

NOTHING = (("nothing", "nothing"),)
START = Select(
    "start", "start from", (*((name, name) for name in (*NAMES, "noise")), ("drawing", "drawing"),
                            ("yours", "your own")),
    "cat",
)  # fmt: skip
GUIDE = Select("guide", "more like", (*NOTHING, *((name, name) for name in NAMES)), "nothing")
WEIGHT = Knob("weight", "its weight", -2, 2, 1, step=0.05, digits=2)
STEP = Knob("step_size", "step size", 0.002, 0.1, 0.02, log=True)
STEPS = Knob("steps", "steps an octave", 1, 40, 8)
OCTAVES = Knob("octaves", "octaves", 1, 6, 4)
SCALE = Knob("octave_scale", "octave scale", 1.1, 2.0, 1.4, step=0.05, digits=2)
SIZE = Knob("size", "longer side", 96, 320, 224, step=32, unit=" px")
CLIMB = (STEP, STEPS, OCTAVES, SCALE, SIZE)
JITTER = Knob("jitter", "jitter", 0, 32, 8, unit=" px")
ROTATION = Knob("rotation", "rotation", 0, 30, 0, unit="°")
ZOOM = Knob("scale", "zoom", 0, 0.3, 0, step=0.01, digits=2)
SMOOTH = Knob("smooth", "smoothness", 0, 20, 0, step=0.5, digits=1)
SOFT = Knob("softness", "softness", 0, 1, 0, step=0.05, digits=2)
CALM = (JITTER, ROTATION, ZOOM, SMOOTH, SOFT)


def wish(
    layers: Mapping[str, str], classes: tuple[str, ...], usual: str, widest: int
) -> tuple[Control, ...]:
    """Return what can be wanted of a net with these layers, by name and description."""
    names = tuple(layers.items())
    words = tuple((c, c) for c in sorted(set(classes)))
    return (
        Select("layer", "layer", (*names, ("logits", "a class")), usual),
        Select("category", "class", words, "banana"),
        Knob("channel", "channel", -1, widest - 1, -1, words={"-1": "whole layer"}),
        Select("second", "and also", (*NOTHING, *names), "nothing"),
        WEIGHT,
    )


def outside(layers: Mapping[str, str]) -> Select:
    """Return the choice of a layer for what the mask leaves."""
    return Select("outside", "outside", (*NOTHING, *layers.items()), "nothing")


def controls(
    layers: Mapping[str, str], classes: tuple[str, ...], usual: str, widest: int
) -> tuple[Control, ...]:
    """Return all that can be set, and stands in a link; `widest` is the most channels."""
    first = wish(layers, classes, usual, widest)
    return (*first, START, GUIDE, outside(layers), *CLIMB, *CALM)
