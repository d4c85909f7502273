"""What can be turned, chosen and pressed in the dream lab; and how it climbs, by its settings."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from labs.data.photos import NAMES
from labs.live.controls import Button, Choice, Control, Knob, Select, Value, same
from labs.models.photo import CLASSES
from labs.vision.dream.ascent import Ascent
from labs.vision.dream.nets import LITE, OURS, classes, described, layers, widest
from labs.vision.dream.objective import LOGITS
from labs.vision.dream.transforms import Transforms

WHOLE = -1  # the channel that stands for the whole layer
NOTHING = "nothing"  # no guide, no second layer, nothing outside the mask

WEIGHT = Knob("weight", "its weight", -2, 2, 1, step=0.05, digits=2)
START = Select("start", "start from", (*same(*NAMES, "noise", "drawing"), ("yours", "your own")),
               "cat")  # fmt: skip
GUIDE = Select("guide", "more like", same(NOTHING, *NAMES), NOTHING)
CLIMB = (
    Knob("step_size", "step size", 0.002, 0.1, 0.02, log=True),
    Knob("steps", "steps an octave", 1, 40, 8, whole=True),
    Knob("octaves", "octaves", 1, 6, 4, whole=True),
    Knob("octave_scale", "octave scale", 1.1, 2.0, 1.4, step=0.05, digits=2),
    Knob("size", "longer side", 96, 512, 224, step=32, unit=" px", whole=True),
)
CALM = (
    Knob("jitter", "jitter", 0, 32, 8, unit=" px"),
    Knob("rotation", "rotation", 0, 30, 0, unit="°"),
    Knob("scale", "zoom", 0, 0.3, 0, step=0.01, digits=2),
    Knob("smooth", "smoothness", 0, 20, 0, step=0.5, digits=1),
    Knob("softness", "softness", 0, 1, 0, step=0.05, digits=2),
    Knob("color", "natural colour", 0, 1, 0, step=0.05, digits=2),
    Knob("pull", "pull to the start", 0, 0.2, 0, step=0.005, digits=3),
)
# What makes the standard net's dreams rich; the photo nets keep what links of theirs leave out.
RICH = {"layer": "_blocks.9", "size": 480, "steps": 10, "jitter": 16, "softness": 0.5,
        "color": 0.8, "pull": 0.03}  # fmt: skip
AGAIN = Button("again", "Start again", "begin")
BRANCH = Button("branch", "Go on from here")

WANTED = Select("wanted", "class", same(*sorted(CLASSES)), "monarch")
STRENGTH = Knob("strength", "step size", 0.002, 0.1, 0.02, log=True)
ONCE_MORE = Button("once_more", "Start again", "begin")

MADE, REAL = "made", "real"
SHOW = Choice("show", "", ((MADE, "made from noise"), (REAL, "the best patch of a photograph")),
              MADE)  # fmt: skip
SIGN = Choice("sign", "", (("1", "what excites it"), ("-1", "what makes it negative")), "1")
DIVERSITY = Knob("diversity", "wish to differ", 0, 4, 0.6, step=0.1, digits=1)


@cache
def of_dream(net: str) -> tuple[Control, ...]:
    """Return the controls of a dream by this net; it begins with eyes, fur and textures."""
    names = tuple(described(net).items())
    none = (NOTHING, NOTHING)
    usual = layers(net)[len(names) // 2 + (net in OURS)]
    made = (
        Select("layer", "layer", (*names, (LOGITS, "a class")), usual),
        Select("category", "class", same(*sorted({*classes(net)})), "banana"),
        Knob("channel", "channel", WHOLE, widest(net) - 1, WHOLE, words={"-1": "whole layer"},
             whole=True),
        Select("second", "and also", (none, *names), NOTHING),
        WEIGHT, START, GUIDE,
        Select("outside", "outside", (none, *names), NOTHING),
        *CLIMB, *CALM, AGAIN, BRANCH,
    )  # fmt: skip
    rich = RICH if net == LITE else {}
    return tuple(replace(c, default=rich[c.name]) if c.name in rich else c for c in made)


@cache
def of_neurons(net: str) -> tuple[Control, ...]:
    """Return the controls of the neurons of this net."""
    names = tuple(described(net).items())
    ends = ((LOGITS, "the classes: 100 logits"),) if net in OURS else ()
    layer = Select("layer", "layer", (*names, *ends), names[len(names) // 2][0], shown=True)
    return layer, SHOW, SIGN, DIVERSITY


def ascent(settings: Mapping[str, Value]) -> Ascent:
    """Return how to climb."""
    s = settings
    moves = Transforms(float(s["jitter"]), float(s["scale"]), float(s["rotation"]))
    return Ascent(
        int(s["steps"]), float(s["step_size"]), int(s["octaves"]), float(s["octave_scale"]),
        float(s["smooth"]), moves, float(s["softness"]), float(s["color"]), float(s["pull"]),
    )  # fmt: skip
