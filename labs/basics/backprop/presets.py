"""Nets to open: those of the lectures, with numbers that were chosen to be easy to follow."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

XOR = (((1.0, 0.0), (1.0,)), ((0.0, 1.0), (1.0,)), ((0.0, 0.0), (0.0,)), ((1.0, 1.0), (0.0,)))
THREE = (
    ((0.5, -1.0, 0.8), (1.0,)), ((-0.3, 0.7, -0.6), (0.0,)),
    ((1.0, 0.2, -0.4), (1.0,)), ((-0.9, -0.5, 0.3), (0.0,)),
)  # fmt: skip
WAVE = (
    ((-0.8, 0.4), (-0.3,)),
    ((0.2, 0.9), (0.7,)),
    ((0.6, -0.5), (0.5,)),
    ((-0.1, -0.9), (-0.8,)),
)
CLASSES = (
    ((1.0, 0.2), (1.0, 0.0, 0.0)), ((-0.7, 0.9), (0.0, 1.0, 0.0)),
    ((-0.4, -0.8), (0.0, 0.0, 1.0)), ((0.9, -0.3), (1.0, 0.0, 0.0)),
)  # fmt: skip
Example = tuple[tuple[float, ...], tuple[float, ...]]


@dataclass(frozen=True)
class Preset:
    """A net with its data: sizes without the input, and rows (bias, weight, weight, ...)."""

    title: str
    sizes: tuple[int, ...]
    activation: str
    loss: str
    notation: str
    examples: tuple[Example, ...]
    seed: int
    remark: str
    weights: tuple[tuple[tuple[float, ...], ...], ...] | None = None


PRESETS: Mapping[str, Preset] = MappingProxyType({
    "logistic": Preset(
        "one hidden layer, logistic units, cross-entropy", (2, 1), "sigmoid", "log", "letters",
        XOR, 0, "The lecture's table, every entry of it.  Its J has lost the minus sign in many "
        "lecture notes: with J = −(y* ln y + (1 − y*) ln(1 − y)) all signs below are right.",
        (((0.1, 0.5, -0.4), (-0.2, 0.3, 0.8)), ((0.2, 0.7, -0.6),)),
    ),
    "theta": Preset(
        "3 inputs, 3 hidden, 1 output, Θ", (3, 1), "sigmoid", "binary cross-entropy", "theta",
        THREE, 1, "With the bias folded in Θ⁽¹⁾ is 3 × 4 and Θ⁽²⁾ is 1 × 4.  The output works on "
        "the logit, and its delta is σ(z) − y: some notes swap y and 1 − y here.",
    ),
    "recursion": Preset(
        "three layers and the recursion of g", (3, 2, 1), "tanh", "squared", "g", WAVE, 2,
        "gᵢ = Wᵢᵀ (gᵢ₊₁ ∘ f′(Wᵢ zᵢ + bᵢ)), one line that is all of backpropagation.",
    ),
    "softmax": Preset(
        "three classes by softmax", (3, 3), "tanh", "softmax cross-entropy", "theta", CLASSES, 3,
        "The delta at the output is p − y, a row for each class.",
    ),
    "relu": Preset(
        "ReLU units, some of them closed", (3, 3, 1), "relu", "squared", "theta", WAVE, 5,
        "Where z is below 0 the slope is 0, and every path through that unit ends there.",
    ),
})  # fmt: skip
