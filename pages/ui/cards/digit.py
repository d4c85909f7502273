"""The cards of the digit lab: the network from left to right, then what can be asked of it."""

from collections.abc import Mapping, Sequence

from labs.challenges import Challenge
from pages.ui.dares import dares
from pages.ui.stage import Button, Card, Choice, Knob, Panel, Timeline

DIGITS = tuple(str(i) for i in range(10))

VIEW = Choice(
    "view", "what the layers show",
    (("activation", "Activation"), ("gradient", "Gradient"), ("product", "Activation × gradient")),
    "activation",
)  # fmt: skip
TARGET = Choice(
    "target", "of logit", (("winner", "winner"), *((d, d) for d in DIGITS)), "winner", shown=True
)
SCALE = Choice(
    "scale", "scale by", (("unit", "unit"), ("layer", "layer"), ("global", "global")), "layer",
    shown=True,
)  # fmt: skip
SALIENCY = Choice(
    "saliency", "saliency",
    (("gradient", "gradient"), ("integrated", "integrated"), ("gradcam", "Grad-CAM"),
     ("occlusion", "occlusion")),
    "gradient", shown=True,
)  # fmt: skip
TILT = Knob("tilt", "tilt the drawing", -90, 90, 0, unit="°")
STRENGTH = Knob("strength", "distortion", 0, 2, 1, step=0.05, digits=2, unit=" ×")
CONTROLS = (VIEW, TARGET, SCALE, SALIENCY, TILT, STRENGTH)
RESET = Button("reset", "Reset all weights")


def _maps(name: str, title: str, shape: str, note: str, columns: int, tile: int, alt: str) -> Panel:
    return Panel("maps", name, title, shape, note, alt, {"columns": columns, "tile": tile})


def _opinion(name: str, title: str, shape: str, note: str, alt: str, width: int) -> Panel:
    """Bars of ten probabilities that are only looked at."""
    options = {"labels": DIGITS, "percent": True, "click": False, "width": width}
    return Panel("bars", name, title, shape, note, alt, options)


PAD = Panel(
    "pad", "x", "Your drawing", "256²", "mouse, pen or finger", "your drawing",
    {"size": 220, "samples": DIGITS},
)  # fmt: skip
SEEN = Panel(
    "image", "seen", "Seen as", "28²", "cropped, centred",
    "the drawing as the network sees it, 28 by 28 pixels",
    {"size": 104, "map": "ink", "click": True, "limit": 1},
)  # fmt: skip
SALIENT = Panel(
    "image", "saliency", "Saliency", "28²", "for the logit",
    "which pixels matter for the chosen logit", {"size": 104, "click": True, "scale": "layer"},
)  # fmt: skip
ANSWER = Panel(
    "bars", "softmax", "fc3, softmax", "10", "850 parameters",
    "the logit and the probability of each digit",
    {"labels": DIGITS, "percent": True, "width": 190, "beside": "logits"},
)  # fmt: skip
NETWORK = Card(
    "network",
    columns=(
        (PAD,),
        (SEEN, SALIENT),
        (_maps("conv1", "conv1 + ReLU", "6@28²", "156 parameters", 2, 74, "six maps of conv1"),),
        (_maps("pool1", "pool1", "6@14²", "max 2×2", 2, 40, "six maps of pool1"),),
        (_maps("conv2", "conv2 + ReLU", "16@10²", "2,416 parameters", 4, 38, "16 maps of conv2"),),
        (_maps("pool2", "pool2", "16@5²", "max 2×2", 4, 24, "16 maps of pool2"),),
        (
            _maps("fc1", "fc1", "120", "48,120", 1, 84, "120 units of fc1"),
            _maps("fc2", "fc2", "84", "10,164", 1, 84, "84 units of fc2"),
        ),
        (ANSWER,),
    ),
    controls=(VIEW, TARGET, SCALE, SALIENCY, Timeline("timeline", "stroke", "moment")),
)

INSPECT = Card(
    "inspect",
    columns=((Panel("arithmetic", "arithmetic", alt="patch, kernel and product"),),),
    controls=(Button("switch", "Switch this unit off / on"), RESET),
    title="The unit you clicked",
    span=8,
)

KERNELS1 = Panel(
    "maps", "kernels1", "conv1", "6 kernels 5×5", "one input", "the six kernels of conv1",
    {"columns": 3, "tile": 44, "scale": "layer"},
)  # fmt: skip
KERNELS2 = Panel(
    "maps", "kernels2", "conv2", "16 × 6 kernels 5×5", "six inputs each, two maps a row",
    "the kernels of conv2, sixteen rows of six",
    {"columns": 12, "tile": 20, "gap": 3, "scale": "layer"},
)  # fmt: skip
KERNEL = Panel(
    "cells", "kernel", "Edit", "5×5", "kernel", "the chosen kernel; drag a cell up or down",
    {"cell": 34, "edit": True},
)  # fmt: skip
KERNELS = Card(
    "kernels",
    columns=((KERNELS1, KERNEL), (KERNELS2,)),
    controls=(RESET,),
    title="Filters",
    text="Click a kernel, then drag one of its cells up or down (or focus it: arrows, + and −). "
    "Only your copy changes.",
    span=5,
)

COPIES = Panel(
    "maps", "distorted", "Your digit, distorted", "24 times", "",
    "24 distorted copies of the drawing",
    {"columns": 6, "tile": 48, "map": "ink", "click": False, "limit": 1},
)  # fmt: skip


def distortions(accuracies: Mapping[str, float]) -> Card:
    """The drawing distorted, read by a net that was trained on such digits and one that was not.

    accuracies: measured test accuracy by panel name.
    """

    def panel(name: str, title: str, note: str) -> Panel:
        alt = f"what the net {note} says"
        return _opinion(name, title, f"{accuracies[name]:.1%}", note, alt, 120)

    return Card(
        "distortions",
        columns=(
            (COPIES,),
            (panel("with", "With", "trained on distortions"),),
            (panel("without", "Without", "trained on MNIST as it is"),),
        ),
        controls=(TILT, STRENGTH, Button("reroll", "Distort again")),
        title="Augmentation",
        text="Training digits were distorted like this. Tilt your own, and compare with a net that "
        "never saw a tilted one. Above the bars: right on MNIST's test digits.",
        span=7,
    )


def readers(accuracies: Mapping[str, float]) -> Card:
    """The same drawing read by three nets, and again with its pixels shuffled.

    accuracies: measured test accuracy by panel name.
    """
    titles = {"softmax": "softmax", "dense": "dense 784-128-10", "lenet": "LeNet-5"}

    def panel(name: str, title: str) -> Panel:
        note = f"{accuracies[name]:.1%} on test"
        return _opinion(f"reader.{name}", title, "", note, f"what {title} says", 116)

    pixels = {"size": 104, "map": "ink", "click": False, "limit": 1}
    return Card(
        "readers",
        columns=(
            (Panel("image", "seen", "Straight", "28²", "", "the digit", pixels),),
            *((panel(name, title),) for name, title in titles.items()),
            (Panel("image", "shuffled", "Shuffled", "28²", "", "its pixels shuffled", pixels),),
            *((panel(f"{name}_shuffled", title),) for name, title in titles.items()),
        ),
        title="Is structure worth it?",
        text="On the right the pixels of every picture are shuffled in the same way. The dense "
        "nets lose nothing, exactly; the convolutional net loses its advantage: neighbours no "
        "longer belong together.",
    )


def network(challenges: Sequence[Challenge], accuracies: Mapping[str, float]) -> list[Card]:
    """Return the cards of the drawing, from the network to the comparison of readers."""
    return [
        NETWORK,
        INSPECT,
        dares(challenges, "draw", 4),
        KERNELS,
        distortions(accuracies),
        readers(accuracies),
    ]


SOURCES = (
    ("LeCun, Bottou, Bengio & Haffner (1998): Gradient-based learning applied to document "
     "recognition", "http://yann.lecun.com/exdb/publis/pdf/lecun-01a.pdf"),
    ("Simonyan, Vedaldi & Zisserman (2013): Deep inside convolutional networks (gradient)",
     "https://arxiv.org/abs/1312.6034"),
    ("Sundararajan, Taly & Yan (2017): Axiomatic attribution (integrated gradients)",
     "https://arxiv.org/abs/1703.01365"),
    ("Selvaraju et al. (2016): Grad-CAM", "https://arxiv.org/abs/1610.02391"),
    ("Zeiler & Fergus (2013): Visualizing and understanding convolutional networks (occlusion)",
     "https://arxiv.org/abs/1311.2901"),
    ("Simard, Steinkraus & Platt (2003): Best practices (distortions)",
     "https://doi.org/10.1109/ICDAR.2003.1227801"),
)  # fmt: skip
