"""Reverse-mode automatic differentiation: a forward trace, then adjoints from the output back.

Griewank & Walther, "Evaluating Derivatives", 2nd ed., SIAM 2008; the notation of the trace is that
of Baydin et al., "Automatic Differentiation in Machine Learning: a Survey",
https://arxiv.org/abs/1502.05767
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from numbers import Real

from labs.basics.autodiff.operations import flow, local
from labs.basics.autodiff.parser import parse
from labs.basics.autodiff.program import Instruction


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


@dataclass(frozen=True)
class Visit:
    """One step of the backward pass, at one node."""

    node: int
    terms: tuple[tuple[int, float, float], ...]  # (other node, local derivative, adjoint used)
    adjoints: tuple[float, ...]  # of all nodes, as they stand after the visit


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


def variables(program: Sequence[Instruction]) -> tuple[str, ...]:
    """Return the names of the variables in the order in which they appear."""
    return tuple(one.name for one in program if one.operation == "variable")


def forward(
    program: Sequence[Instruction], values: Mapping[str, float]
) -> tuple[list[float], list[tuple[float, ...]]]:
    """Return the value and the local derivatives of every node, in evaluation order."""
    results: list[float] = []
    partials: list[tuple[float, ...]] = []
    for one in program:
        if one.operation == "variable":
            value, slopes = values[one.name], ()
        elif one.operation == "constant":
            value, slopes = one.number, ()
        else:
            value, slopes = local(one.operation, tuple(results[i] for i in one.inputs))
        results.append(value)
        partials.append(slopes)
    return results, partials


def by_increments(
    program: Sequence[Instruction], partials: Sequence[tuple[float, ...]]
) -> Iterator[Visit]:
    """Go back from the output; each node, when visited, adds to the adjoints of its inputs.

    A node is complete when its turn comes, since all its users were visited before.
    """
    adjoints = [0.0] * len(program)
    adjoints[-1] = 1.0
    for j in reversed(range(len(program))):
        terms = []
        for i, slope in zip(program[j].inputs, partials[j], strict=True):
            adjoints[i] += flow(program[j].operation, slope, adjoints[j])
            terms.append((i, slope, adjoints[j]))
        yield Visit(j, tuple(terms), tuple(adjoints))


def by_users(
    program: Sequence[Instruction], partials: Sequence[tuple[float, ...]]
) -> Iterator[Visit]:
    """Go back from the output; each node, when visited, sums over those that use it.

    The same adjoints as `by_increments`, up to the order of the sum; those of nodes that were not
    visited yet are NaN.
    """
    adjoints = [math.nan] * len(program)
    for j in reversed(range(len(program))):
        terms = tuple(
            (k, slope, adjoints[k])
            for k in reversed(range(j + 1, len(program)))
            for i, slope in zip(program[k].inputs, partials[k], strict=True)
            if i == j
        )
        adjoints[j] = sum(
            (flow(program[k].operation, slope, adjoint) for k, slope, adjoint in terms), 0.0
        )
        if j == len(program) - 1:
            adjoints[j] = 1.0
        yield Visit(j, terms, tuple(adjoints))


def tangents(
    program: Sequence[Instruction], partials: Sequence[tuple[float, ...]], variable: str
) -> list[float]:
    """Forward mode: return d(node)/d(variable) for every node, in one pass from the leaves on."""
    found: list[float] = []
    for one, slopes in zip(program, partials, strict=True):
        seed = 1.0 if one.operation == "variable" and one.name == variable else 0.0
        carried = (
            flow(one.operation, s, found[i]) for s, i in zip(slopes, one.inputs, strict=True)
        )
        found.append(seed + sum(carried, 0.0))
    return found


def multiplications(program: Sequence[Instruction]) -> tuple[int, int]:
    """Return how many products of local derivatives the gradient takes: forward mode, reverse.

    Every edge costs one in each pass; forward mode needs a pass for every variable, reverse mode
    one for all.
    """
    edges = sum(len(one.inputs) for one in program)
    return edges * len(variables(program)), edges
