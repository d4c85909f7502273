"""The cards of the dream lab: the image at work, what drives it, and what has become of it."""

from labs.data.photos import NAMES
from labs.models.photo import CLASSES, LAYERS
from pages.ui.stage import Button, Card, Knob, Panel, Select, Timeline, Transport

LAYER = Select(
    "layer", "layer", (*((name, name) for name in LAYERS), ("logits", "a class")), "stage3.0",
    shown=True,
)  # fmt: skip
CLASS = Select("category", "class", tuple((name, name) for name in sorted(CLASSES)), "banana")
START = Select(
    "start", "start from", (*((name, name) for name in (*NAMES, "noise")), ("yours", "your own")),
    "cat",
)  # fmt: skip
CHANNEL = Knob("channel", "channel", -1, 223, -1, words={"-1": "whole layer"})
OCTAVES = Knob("octaves", "octaves", 1, 6, 4)
SCALE = Knob("octave_scale", "octave scale", 1.1, 2.0, 1.4, step=0.05, digits=2)
STEP = Knob("step_size", "step size", 0.002, 0.1, 0.02, log=True)
STEPS = Knob("steps", "steps an octave", 1, 40, 8)
JITTER = Knob("jitter", "jitter", 0, 32, 8, unit=" px")
ROTATION = Knob("rotation", "rotation", 0, 30, 0, unit="°")
ZOOM = Knob("scale", "zoom", 0, 0.3, 0, step=0.01, digits=2)
SMOOTH = Knob("smooth", "smoothness", 0, 20, 0, step=0.5, digits=1)
SIZE = Knob("size", "longer side", 96, 320, 224, step=32, unit=" px")
CONTROLS = (
    LAYER, CLASS, START, CHANNEL, OCTAVES, SCALE, STEP, STEPS, JITTER, ROTATION, ZOOM, SMOOTH,
    SIZE,
)  # fmt: skip

DREAM = Card(
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
                  "activations of the target layer for the image now", {"columns": 4, "tile": 52}),
        ),
        (
            Panel("curve", "objective", "Objective", "", "", "the objective over steps",
                  {"names": ["objective"], "width": 250, "height": 170}),
        ),
    ),
    controls=(
        Transport(), Button("again", "Start again"),
        Timeline("timeline", "step", "moment of the dream"), Button("branch", "Go on from here"),
        LAYER, CLASS, START, CHANNEL, OCTAVES, SCALE, STEP, STEPS, JITTER, ROTATION, ZOOM,
        SMOOTH, SIZE,
    ),
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
