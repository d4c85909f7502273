"""What an expression may do: each operation with its value, its local derivatives, its words.

Values are float64 as IEEE has them and PyTorch computes them: ln 0 is minus infinity, ln(-1) is
NaN, and nothing is raised.  At a kink the derivative is the one that PyTorch takes: relu'(0) = 0,
abs'(0) = 0, and where max or min has a tie each side gets half.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

Partials = tuple[float, ...]  # dy/da, or dy/da and dy/db


@dataclass(frozen=True)
class Operation:
    """One kind of node.  In the texts {0} and {1} are the inputs, {y} is the node itself."""

    symbol: str  # inside its rectangle
    value: Callable[..., float]
    partials: Callable[..., Partials]  # takes the inputs, then y
    text: str  # the value as a formula
    rules: tuple[str, ...]  # the local derivatives as formulas

    @property
    def arity(self) -> int:
        """How many inputs it takes."""
        return len(self.rules)


def sigmoid(a: float) -> float:
    """Return 1 / (1 + exp(-a)), without overflow on either side."""
    power = np.exp(-abs(a))
    return 1 / (1 + power) if a >= 0 else power / (1 + power)


def divide(a: float, b: float) -> float:
    """Return a / b, where a / 0 is infinite or NaN."""
    return np.float64(a) / np.float64(b)


def _power_partials(a: float, b: float, y: float) -> Partials:
    base = 0.0 if b == 0 else b * np.float_power(a, b - 1)
    exponent = 0.0 if a == 0 and b >= 0 else y * np.log(a)
    return base, exponent


def _larger(a: float, b: float, _y: float) -> Partials:
    return float(np.heaviside(a - b, 0.5)), float(np.heaviside(b - a, 0.5))


def _smaller(a: float, b: float, _y: float) -> Partials:
    return _larger(b, a, _y)


OPERATIONS: Mapping[str, Operation] = MappingProxyType({
    "add": Operation("+", lambda a, b: a + b, lambda a, b, y: (1.0, 1.0), "{0} + {1}", ("1", "1")),
    "sub": Operation("−", lambda a, b: a - b, lambda a, b, y: (1.0, -1.0), "{0} − {1}",
                     ("1", "−1")),
    "mul": Operation("×", lambda a, b: a * b, lambda a, b, y: (b, a), "{0} × {1}", ("{1}", "{0}")),
    "div": Operation("÷", divide, lambda a, b, y: (divide(1, b), -divide(y, b)), "{0} / {1}",
                     ("1 / {1}", "−{0} / {1}²")),
    "pow": Operation("aᵇ", np.float_power, _power_partials, "{0} ^ {1}",
                     ("{1} · {0} ^ ({1} − 1)", "{y} · ln {0}")),
    "neg": Operation("−", lambda a: -a, lambda a, y: (-1.0,), "−{0}", ("−1",)),
    "exp": Operation("exp", np.exp, lambda a, y: (y,), "exp {0}", ("exp {0} = {y}",)),
    "ln": Operation("ln", np.log, lambda a, y: (divide(1, a),), "ln {0}", ("1 / {0}",)),
    "sin": Operation("sin", np.sin, lambda a, y: (np.cos(a),), "sin {0}", ("cos {0}",)),
    "cos": Operation("cos", np.cos, lambda a, y: (-np.sin(a),), "cos {0}", ("−sin {0}",)),
    "tan": Operation("tan", np.tan, lambda a, y: (1 + y * y,), "tan {0}", ("1 + {y}²",)),
    "tanh": Operation("tanh", np.tanh, lambda a, y: (1 - y * y,), "tanh {0}", ("1 − {y}²",)),
    "sigmoid": Operation("σ", sigmoid, lambda a, y: (y * (1 - y),), "σ({0})", ("{y} (1 − {y})",)),
    "relu": Operation("relu", lambda a: np.maximum(a, 0.0),
                      lambda a, y: (1.0 if a > 0 else 0.0,), "max(0, {0})",
                      ("1 if {0} > 0 else 0",)),
    "abs": Operation("abs", abs, lambda a, y: (np.sign(a),), "|{0}|", ("sign {0}",)),
    "sqrt": Operation("√", np.sqrt, lambda a, y: (divide(1, 2 * y),), "√{0}", ("1 / (2 {y})",)),
    "max": Operation("max", np.maximum, _larger, "max({0}, {1})",
                     ("1 if {0} > {1} else 0", "1 if {1} > {0} else 0")),
    "min": Operation("min", np.minimum, _smaller, "min({0}, {1})",
                     ("1 if {0} < {1} else 0", "1 if {1} < {0} else 0")),
})  # fmt: skip

GATES = frozenset({"relu", "max", "min"})
FUNCTIONS = MappingProxyType(
    {name: name for name in OPERATIONS if name not in ("add", "sub", "mul", "div", "pow", "neg")}
    | {"log": "ln"}  # the natural logarithm, as in PyTorch
)


def flow(operation: str, partial: float, adjoint: float) -> float:
    """Return what flows back through an edge: the product of the chain rule.

    Through the closed side of a gate nothing flows, not even NaN or infinity, as in PyTorch.
    """
    return 0.0 if partial == 0 and operation in GATES else partial * adjoint


def local(operation: str, inputs: tuple[float, ...]) -> tuple[float, Partials]:
    """Return the value of an operation and its local derivatives, one for each input."""
    rule = OPERATIONS[operation]
    with np.errstate(all="ignore"):
        y = float(rule.value(*inputs))
        return y, tuple(float(d) for d in rule.partials(*inputs, y))
