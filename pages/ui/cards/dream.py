"""The cards of the dream itself: the image at work, what it climbs, how, and where."""

from collections.abc import Mapping

from labs.data.photos import NAMES
from pages.ui.stage import Button, Card, Control, Knob, Panel, Select, Timeline, Transport

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


def cards(settings: tuple[Control, ...]) -> list[Card]:
    """Return the cards, given all controls of this net."""
    named = {control.name: control for control in settings}
    wanted = [named[name] for name in ("layer", "category", "channel", "second", "weight")]
    return [DREAM, _wish(wanted), CLIMBING, _where(named["outside"])]


DREAM = Card(
    "dream",
    columns=(
        (
            Panel("image", "dream", "The dream", "", "step 0", "the image as it is now",
                  {"size": 470, "tall": 400, "click": False}),
        ),
        (
            Panel("image", "gradient", "Gradient", "of the objective", "in units of its mean",
                  "the gradient of the objective at every pixel",
                  {"size": 200, "tall": 165, "click": False, "scale": "layer"}),
            Panel("image", "change", "The change", "from the start", "none yet",
                  "the difference from the start, made visible",
                  {"size": 200, "tall": 165, "click": False}),
        ),
        (
            Panel("maps", "before", "Target layer before", "", "on the start",
                  "activations of the target layer for the start image",
                  {"columns": 4, "tile": 48, "click": False}),
            Panel("maps", "after", "and now", "", "click one to dream of it",
                  "activations of the target layer for the image now",
                  {"columns": 4, "tile": 48}),
        ),
        (
            Panel("curve", "objective", "Objective", "", "", "the objective over steps",
                  {"names": ["objective"], "width": 220, "height": 150}),
            Panel("bars", "says", "What the net says", "", "of the dream",
                  "the five likeliest classes of the image now",
                  {"labels": ("",) * 5, "percent": True, "click": False, "width": 220,
                   "labelWidth": 96}),
        ),
    ),
    controls=(
        Transport(), Button("again", "Start again"),
        Timeline("timeline", "", "moment of the dream"), Button("branch", "Go on from here"),
    ),
)  # fmt: skip


def _wish(wanted: list[Control]) -> Card:
    strip = {"size": 330, "hover": False}
    return Card(
        "wish",
        columns=(
            (
                Panel("photo", "starts", "It starts from", "", "",
                      f"pictures to start from: {', '.join(NAMES)}, noise, the drawing",
                      strip | {"setting": "start"}),
                Panel("photo", "guides", "More like", "", "",
                      f"pictures that the dream shall resemble: {', '.join(NAMES)}",
                      strip | {"setting": "guide"}),
            ),
        ),
        controls=tuple(wanted),
        title="What it climbs",
        text="Click a picture to begin with it; click another for the dream to resemble it.",
        span=4,
        stack=True,
    )  # fmt: skip


CLIMBING = Card(
    "climbing",
    columns=(),
    controls=(*CLIMB, *CALM),
    title="How it climbs",
    text="Jitter, rotation and zoom move the image before the net sees it; smoothness and "
    "softness prefer shapes to grain.",
    span=4,
    stack=True,
)


def _where(elsewhere: Control) -> Card:
    return Card(
        "where",
        columns=(
            (
                Panel("pad", "mask", "Where", "", "paint on the photograph",
                      "the mask: the picture changes where it is painted",
                      {"size": 160, "over": "under"}),
            ),
            (
                Panel("pad", "drawing", "Or draw a start", "", "the dream begins with it",
                      "a drawing that the dream starts from", {"size": 160}),
            ),
        ),
        controls=(elsewhere,),
        title="Where it dreams",
        text="Everywhere, or where you paint; outside, it may dream of another layer.",
        span=4,
        stack=True,
    )  # fmt: skip


SOURCES = (
    ("Mordvintsev, Olah & Tyka (2015): Inceptionism: going deeper into neural networks",
     "https://research.google/blog/inceptionism-going-deeper-into-neural-networks/"),
    ("Olah, Mordvintsev & Schubert (2017): Feature visualization",
     "https://distill.pub/2017/feature-visualization/"),
    ("Simonyan, Vedaldi & Zisserman (2013): Deep inside convolutional networks",
     "https://arxiv.org/abs/1312.6034"),
    ("Engstrom et al. (2019): Adversarial robustness as a prior for learned representations",
     "https://arxiv.org/abs/1906.00945"),
    ("He, Zhang, Ren & Sun (2015): Deep residual learning", "https://arxiv.org/abs/1512.03385"),
)  # fmt: skip
