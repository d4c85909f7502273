"""Expressions to begin with: those of the lectures, and some that show one thing each."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Preset:
    """An expression, the values it opens with, and what to see in it."""

    title: str
    expression: str
    values: Mapping[str, float]
    remark: str


PRESETS: Mapping[str, Preset] = MappingProxyType({
    "lecture": Preset(
        "ln x₁ + x₁x₂ − sin x₂", "ln(x1) + x1*x2 - sin(x2)", {"x1": 2.0, "x2": 5.0},
        "The lecture's example: x1 and x2 each have two users, so two terms are summed.",
    ),
    "logistic": Preset(
        "derivative of the logistic function", "1 / (1 + exp(-x))", {"x": 0.5},
        "Step by step the chain rule gives s (1 − s).",
    ),
    "unit": Preset(
        "a logistic unit", "z = w1*x1 + w2*x2 + b; sigmoid(z)",
        {"w1": 1.5, "x1": 0.8, "w2": -2.0, "x2": 0.3, "b": 0.1},
        "Large |z| makes σ'(z) small, and with it every gradient before it.",
    ),
    "loss": Preset(
        "a logistic unit with cross-entropy",
        "z = w*x + b; p = sigmoid(z); -(t*ln(p) + (1 - t)*ln(1 - p))",
        {"w": 2.0, "x": 0.7, "b": -0.4, "t": 1.0},
        "However long the way back, dL/dz comes out as p − t.",
    ),
    "softmax": Preset(
        "softmax of three", "s = exp(z1) + exp(z2) + exp(z3); exp(z1) / s",
        {"z1": 1.0, "z2": 2.0, "z3": 0.5},
        "exp z1 is used twice: above and below the line.",
    ),
    "net": Preset(
        "a two-layer net",
        "h1 = tanh(w1*x1 + w2*x2 + b1); h2 = tanh(w3*x1 + w4*x2 + b2); "
        "sigmoid(w5*h1 + w6*h2 + b3)",
        {"w1": 1.0, "w2": -1.5, "w3": 0.5, "w4": 2.0, "w5": 1.2, "w6": -0.7,
         "x1": 0.6, "x2": -0.4, "b1": 0.1, "b2": -0.2, "b3": 0.3},
        "Nine parameters, one pass back; forward mode would need eleven passes.",
    ),
    "reused": Preset(
        "a part used three times", "u = x1*x2; u*u + sin(u)", {"x1": 1.5, "x2": 0.8},
        "u feeds three edges; its adjoint is the sum of what comes back through all of them.",
    ),
    "kinks": Preset(
        "kinks", "relu(x1 - x2) + abs(x2) + max(x1, x2)", {"x1": 1.0, "x2": 1.0},
        "At a kink PyTorch takes relu'(0) = 0, abs'(0) = 0, and half for each side of a tie.",
    ),
})  # fmt: skip
OWN = "own"  # the preset's name when the expression was typed
