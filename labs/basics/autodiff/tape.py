"""The trace of an expression: every node with its value, and its adjoint from the output back.

The notation is that of Baydin et al., "Automatic Differentiation in Machine Learning: a Survey",
https://arxiv.org/abs/1502.05767
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from numbers import Real

from labs.basics.autodiff.parser import parse
from labs.basics.autodiff.passes import by_increments, forward
from labs.basics.autodiff.program import Instruction, variables


@dataclass(frozen=True)
class Node:
    """One variable of the trace, with what flowed through it in both directions."""

    name: str
    operation: str
    inputs: tuple[int, ...]  # indices of earlier nodes
    value: float
    partials: tuple[float, ...]  # local derivatives d(node)/d(input), one for each input
    adjoint: float  # d(output)/d(node)


@dataclass(frozen=True)
class Trace:
    """Every node in evaluation order; the last is the output."""

    expression: str
    nodes: tuple[Node, ...]

    @property
    def value(self) -> float:
        """The value of the expression."""
        return self.nodes[-1].value

    @property
    def gradient(self) -> dict[str, float]:
        """The derivative of the output with respect to each variable, by name."""
        return {n.name: n.adjoint for n in self.nodes if n.operation == "variable"}


def trace(expression: str, values: Mapping[str, float]) -> Trace:
    """Return the forward trace of `expression` at `values`, with every adjoint.

    values: one finite number for each variable; more names than needed are no harm.  Where a value
    leaves the domain (ln of a negative number) the nodes are NaN or infinite as PyTorch's would be.
    Raises ValueError in one sentence.
    """
    program = parse(expression)
    return trace_program(expression, program, check(program, values))


def trace_program(
    expression: str, program: Sequence[Instruction], values: Mapping[str, float]
) -> Trace:
    """Return the trace of an expression that was parsed before."""
    results, partials = forward(program, values)
    adjoints = list(by_increments(program, partials))[-1].adjoints
    nodes = (
        Node(one.name, one.operation, one.inputs, value, slopes, adjoint)
        for one, value, slopes, adjoint in zip(program, results, partials, adjoints, strict=True)
    )
    return Trace(expression, tuple(nodes))


def check(program: Sequence[Instruction], values: Mapping[str, float]) -> dict[str, float]:
    """Return the value of each variable of the program.  Raises ValueError in one sentence."""
    checked = {}
    for name in variables(program):
        if name not in values:
            raise ValueError(f"The variable {name} has no value.")
        value = values[name]
        if isinstance(value, bool) or not isinstance(value, Real):
            raise ValueError(f"The value of {name} is a number.")
        try:
            checked[name] = float(value)
        except OverflowError:  # an int may be of any size
            checked[name] = math.inf
        if not abs(checked[name]) <= 1e300:  # NaN compares false
            raise ValueError(f"The value of {name} is a finite number up to 1e300.")
    return checked
