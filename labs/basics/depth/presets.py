"""The story of the lectures, one configuration after the other."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from labs.basics.depth.net import Shape


@dataclass(frozen=True)
class Preset:
    """A net, its learning rate, the preset beside it, and what to see."""

    title: str
    shape: Shape
    learning_rate: float
    second: str
    remark: str


PRESETS: Mapping[str, Preset] = MappingProxyType({
    "sigmoid": Preset(
        "sigmoid, 10 deep", Shape(10, 32, "sigmoid", "Xavier"), 0.1, "relu",
        "f' is at most 1/4, so ten layers leave a few millionths of the gradient.",
    ),
    "tanh": Preset(
        "tanh with Xavier, 10 deep", Shape(10, 32, "tanh", "Xavier"), 0.1, "sigmoid",
        "f'(0) = 1 and |W| about 1: the gradient arrives.",
    ),
    "relu": Preset(
        "ReLU with He, 20 deep", Shape(20, 32, "relu", "He"), 0.05, "sigmoid",
        "Half of the units pass everything on; He's factor 2 makes up for the other half.",
    ),
    "scale": Preset(
        "ReLU, a bad scale", Shape(20, 32, "relu", "He", gain=0.4), 0.05, "forgiven",
        "Weights a little too small: each layer keeps 0.4 of what came, twenty keep nothing.",
    ),
    "explode": Preset(
        "ReLU, too large a scale", Shape(20, 32, "relu", "He", gain=1.8), 0.0001, "relu",
        "The same the other way round: the gradient explodes, and a step goes anywhere.",
    ),
    "forgiven": Preset(
        "the bad scale with batch norm", Shape(20, 32, "relu", "He", gain=0.4, norm=True), 0.05,
        "scale", "Batch norm divides the scale out again: it does not matter any more.",
    ),
    "plain50": Preset(
        "plain, 50 deep", Shape(50, 32, "relu", "He"), 0.02, "residual50",
        "Even with He's weights fifty layers are a lottery, and the signal becomes one direction.",
    ),
    "residual50": Preset(
        "residual with batch norm, 50 deep",
        Shape(50, 32, "relu", "He", norm=True, residual=True), 0.05, "plain50",
        "The identity carries the gradient past every layer: fifty are no trouble.",
    ),
})  # fmt: skip
OWN = "own"  # the preset's name once a knob was turned
KEPT = "kept"  # the second net is the one that was put aside
