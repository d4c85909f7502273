"""Finite differences: the oldest check of a gradient, and how its error depends on the step.

Too large a step is wrong by the curve's bend (truncation, as h or h^2), too small a step by the
last bits of two nearly equal numbers (rounding, as 1/h).
"""

import math
from collections.abc import Mapping, Sequence

from labs.basics.autodiff.passes import forward
from labs.basics.autodiff.program import Instruction

EPSILON = 2.0**-52  # of float64
STEPS = tuple(10 ** (-14 + k / 4) for k in range(57))  # 1e-14 to 1


def value(program: Sequence[Instruction], values: Mapping[str, float]) -> float:
    """Return the value of the expression."""
    return forward(program, values)[0][-1]


def one_sided(
    program: Sequence[Instruction], values: Mapping[str, float], name: str, h: float
) -> float:
    """Return (f(x + h) - f(x)) / h, whose truncation error is about |f''| h / 2."""
    ahead = values | {name: values[name] + h}
    return (value(program, ahead) - value(program, values)) / h


def central(
    program: Sequence[Instruction], values: Mapping[str, float], name: str, h: float
) -> float:
    """Return (f(x + h) - f(x - h)) / 2h, whose truncation error is about |f'''| h^2 / 6."""
    ahead, behind = (values | {name: values[name] + sign * h} for sign in (1, -1))
    return (value(program, ahead) - value(program, behind)) / (2 * h)


def error(found: float, exact: float) -> float:
    """Return the relative error of a derivative (absolute where the derivative is 0)."""
    return abs(found - exact) / (abs(exact) or 1.0)


def error_curves(
    program: Sequence[Instruction], values: Mapping[str, float], name: str, exact: float
) -> dict[str, tuple[list[float], list[float]]]:
    """Return the error of both differences at every step size, and the rounding to expect.

    An error of exactly 0 is left out: a logarithmic axis has no place for it.
    """
    lines: dict[str, tuple[list[float], list[float]]] = {}
    for title, difference in (("one-sided", one_sided), ("central", central)):
        pairs = [(h, error(difference(program, values, name, h), exact)) for h in STEPS]
        pairs = [(h, e) for h, e in pairs if e > 0 and math.isfinite(e)]
        lines[title] = ([h for h, _ in pairs], [e for _, e in pairs])
    noise = EPSILON * abs(value(program, values)) / (abs(exact) or 1.0)
    lines["rounding, ε |y| / h"] = (list(STEPS), [max(noise, 1e-300) / h for h in STEPS])
    return lines
