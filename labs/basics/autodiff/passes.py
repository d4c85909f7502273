"""The passes over a program: values forwards, adjoints backwards in two ways, tangents forwards.

Griewank & Walther, "Evaluating Derivatives", 2nd ed., SIAM 2008.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from labs.basics.autodiff.operations import flow, local
from labs.basics.autodiff.program import Instruction, variables


@dataclass(frozen=True)
class Visit:
    """One step of the backward pass, at one node."""

    node: int
    terms: tuple[tuple[int, float, float], ...]  # (other node, local derivative, adjoint used)
    adjoints: tuple[float, ...]  # of all nodes, as they stand after the visit


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
