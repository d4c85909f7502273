"""Situations worth showing in a lecture, good and bad, each with what to look at."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Preset:
    """Settings that differ from the usual ones, and what to say of them."""

    title: str
    text: str
    settings: Mapping[str, str | float | int] = field(default_factory=dict)


PRESETS: Mapping[str, Preset] = {
    "circle": Preset(
        "A disc in a ring",
        "Each hidden unit draws one line; two of the next layer put them together into a closed "
        "shape.  With one hidden layer of two units it cannot close.",
    ),
    "spiral": Preset(
        "A spiral with three tanh layers",
        "Only x₁ and x₂ are given.  The first layer draws lines, the second bends them, the third "
        "winds them up.  It stands still for a while, and then falls.",
        {"data": "spiral", "noise": 0.0, "share": 0.7, "layers": "8,8,8", "optimizer": "Adam",
         "learning_rate": 0.01},
    ),
    "linear": Preset(
        "A linear net cannot do XOR",
        "Two layers without a bend are one linear map: however long it trains, the plane is cut by "
        "one line and half of the points are wrong.  Set one layer to tanh, or add the feature "
        "x₁x₂.",
        {"data": "xor", "activation": "identity", "layers": "4,2"},
    ),
    "zeros": Preset(
        "Zeros to begin with",
        "All units of a layer start equal, get equal gradients and stay equal.  With tanh and zero "
        "weights everywhere not even that happens: the gradient of every weight is zero, and only "
        "the last bias learns.",
        {"data": "circle", "init": "zeros", "layers": "4,2"},
    ),
    "overfit": Preset(
        "Overfit, then dropout",
        "Forty noisy points and many units: all forty come out right, while the test loss turns "
        "and climbs.  Then raise dropout, in the settings, and start again with the same weights.",
        {"data": "moons", "noise": 0.8, "share": 0.165, "seed": 6, "layers": "12,12",
         "optimizer": "Adam", "learning_rate": 0.02, "scale": "linear"},
    ),
    "race": Preset(
        "SGD against Adam",
        "Below, keep this run as A, set the optimizer to Adam and play: Adam gets the training "
        "loss down much sooner, and goes on to learn the noise: its test loss turns and climbs.  "
        "Faster is not always better.",
        {"data": "moons", "noise": 0.7, "share": 0.25, "layers": "8,8", "learning_rate": 0.005},
    ),
    "bigger": Preset(
        "A bigger net takes fewer steps",
        "Below, keep this run as A, then give every layer eight units and play: more units find "
        "the shape in fewer epochs, each of which costs more.",
        {"data": "xor", "layers": "3,2", "learning_rate": 0.03},
    ),
    "hot": Preset(
        "Too hot",
        "All points at once, and a learning rate four times the largest stable one.  The steps "
        "overshoot, each farther than the one before: the loss climbs in a straight line on its "
        "logarithmic axis, until the numbers are no numbers.",
        {"data": "hills", "layers": "8,8", "activation": "relu", "learning_rate": 4.0,
         "batch": 200},
    ),
    "chosen": Preset(
        "Features chosen",
        "No hidden layer at all: sixteen radial functions were chosen by hand, and only their sum "
        "is learnt.  Swap them for random ones, then for x₁, x₂ and two hidden layers, which "
        "choose their own.",
        {"data": "xor", "kind": "radial", "layers": "none", "optimizer": "Adam",
         "learning_rate": 0.03},
    ),
    "classes": Preset(
        "Five classes by softmax",
        "One output a class; the plane mixes the classes’ colours by the shares that softmax "
        "gives them.  A little L2 keeps the borders soft: set it to 0, and the net grows too sure, "
        "and its test loss climbs.",
        {"data": "5 blobs", "noise": 0.3, "loss": "cross-entropy", "layers": "6",
         "optimizer": "Adam", "learning_rate": 0.02, "l2": 0.003},
    ),
    "dying": Preset(
        "Dying ReLUs",
        "A large step can push a ReLU below zero for every point.  Then no gradient reaches it: in "
        "layer 1 it stays there, in layer 2 it can wake only if layer 1 moves its inputs.  Leaky "
        "ReLU keeps a way back.",
        {"data": "circle", "layers": "8,6", "activation": "relu", "learning_rate": 1.5},
    ),
}  # fmt: skip
