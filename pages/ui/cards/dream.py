"""The cards of the dream lab: the image at work, what drives it, and what has become of it."""

from labs.data.photos import NAMES
from labs.models.photo import CLASSES
from pages.ui.stage import Button, Card, Control, Knob, Panel, Select, Timeline, Transport

START = Select(
    "start", "start from", (*((name, name) for name in (*NAMES, "noise")), ("yours", "your own")),
    "cat",
)  # fmt: skip
GUIDE = Select("guide", "more like", tuple((name, name) for name in ("nothing", *NAMES)), "nothing")
WEIGHT = Knob("weight", "its weight", -2, 2, 1, step=0.05, digits=2)
OCTAVES = Knob("octaves", "octaves", 1, 6, 4)
SCALE = Knob("octave_scale", "octave scale", 1.1, 2.0, 1.4, step=0.05, digits=2)
STEP = Knob("step_size", "step size", 0.002, 0.1, 0.02, log=True)
STEPS = Knob("steps", "steps an octave", 1, 40, 8)
JITTER = Knob("jitter", "jitter", 0, 32, 8, unit=" px")
ROTATION = Knob("rotation", "rotation", 0, 30, 0, unit="°")
ZOOM = Knob("scale", "zoom", 0, 0.3, 0, step=0.01, digits=2)
SMOOTH = Knob("smooth", "smoothness", 0, 20, 0, step=0.5, digits=1)
SIZE = Knob("size", "longer side", 96, 320, 224, step=32, unit=" px")
ASCENT = (OCTAVES, SCALE, STEP, STEPS, JITTER, ROTATION, ZOOM, SMOOTH, SIZE)


def controls(
    layers: tuple[str, ...], classes: tuple[str, ...], usual: str, widest: int
) -> tuple[Control, ...]:
    """Return what can be set for a net with these layers; `widest` is its largest channel count."""
    names = [*((name, name) for name in layers), *([("logits", "a class")] if classes else [])]
    wish: list[Control] = [Select("layer", "layer", tuple(names), usual, shown=True)]
    if classes:
        wish.append(Select("category", "class", tuple((c, c) for c in sorted(classes)), "banana"))
    wish += [START, Knob("channel", "channel", -1, widest - 1, -1, words={"-1": "whole layer"}),
             GUIDE, second(layers), WEIGHT]  # fmt: skip
    return (*wish, *ASCENT)


def second(layers: tuple[str, ...]) -> Select:
    """Return the choice of a second layer to climb at the same time."""
    names = (("nothing", "nothing"), *((name, name) for name in layers))
    return Select("second", "and also", names, "nothing")


def dream(settings: tuple[Control, ...]) -> Card:
    """Return the card of the dream itself."""
    return Card(
        "dream",
        columns=(
            (
                Panel("image", "dream", "The dream", "", "step 0", "the image as it is now",
                      {"size": 400, "click": False}),
            ),
            (
                Panel("image", "gradient", "Gradient", "of the objective", "mean over R, G, B",
                      "the gradient of the objective at every pixel",
                      {"size": 190, "click": False, "scale": "layer"}),
                Panel("image", "change", "The change", "", "magnified", "the difference, magnified",
                      {"size": 190, "click": False}),
            ),
            (
                Panel("maps", "before", "Target layer before", "", "the start's channels",
                      "activations of the target layer for the start image",
                      {"columns": 4, "tile": 52, "click": False}),
                Panel("maps", "after", "and now", "", "click one to dream of it",
                      "activations of the target layer for the image now",
                      {"columns": 4, "tile": 52}),
            ),
            (
                Panel("curve", "objective", "Objective", "", "", "the objective over steps",
                      {"names": ["objective"], "width": 250, "height": 150}),
                Panel("pad", "mask", "Mask", "256²", "empty: everywhere",
                      "the mask: the picture changes where it is painted", {"size": 150}),
            ),
        ),
        controls=(
            Transport(), Button("again", "Start again"),
            Timeline("timeline", "step", "moment of the dream"),
            Button("branch", "Go on from here"),
            *settings,
        ),
    )  # fmt: skip


PAIR_CONTROLS = (
    Select("wanted", "class", tuple((name, name) for name in sorted(CLASSES)), "monarch"),
    Knob("strength", "step size", 0.002, 0.1, 0.02, log=True),
)


def pair(names: dict[str, str]) -> Card:
    """Return the card of one class dreamt by several nets: names by panel."""
    says = {"labels": ("",) * 6, "percent": True, "click": False, "width": 180, "labelWidth": 130}
    return Card(
        "pair",
        columns=tuple(
            column
            for name, text in names.items()
            for column in (
                (Panel("image", name, text, "", "", f"the class as {text} dreams it",
                       {"size": 260, "click": False}),),
                (Panel("bars", f"{name}:says", "What photo-net says", "", "",
                       "the six likeliest classes", says),),
            )
        ),
        controls=(Transport(), Button("once_more", "Start again"), *PAIR_CONTROLS),
        title="One class, two nets",
        text="Both begin with the same noise and climb the same logit. The opinion is always the "
        "standard net's; it never saw the other net's gradients.",
    )  # fmt: skip


def neurons(layers: tuple[str, ...], usual: str) -> Card:
    """Return the card of all channels of a layer."""
    return Card(
        "neurons",
        columns=(
            (Panel("photo", "sheet", "Every channel", "64 × 64 each", "",
                   "what each channel of the layer looks for, sixteen a row", {"size": 820}),),
            (
                Panel("image", "neuron", "The one you clicked", "", "", "that channel's picture",
                      {"size": 190, "click": False}),
                Panel("image", "patches", "Photographs that excite it", "", "",
                      "the four patches of photographs that excite it most",
                      {"size": 190, "click": False}),
            ),
        ),
        controls=(Transport(step="batch"), layer_of(layers, usual)),
        title="Look at every neuron",
        text="Press play: each tile begins as noise and climbs one channel, in Fourier space. "
        "Finished layers are kept on this machine.",
    )  # fmt: skip


def layer_of(layers: tuple[str, ...], usual: str) -> Select:
    """Return the choice of the layer whose neurons are looked at."""
    return Select("layer", "layer", tuple((name, name) for name in layers), usual, shown=True)


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
