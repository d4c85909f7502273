"""Formulas in words: what a node computes, its local derivatives, its numbers."""

import math
from collections.abc import Sequence

from labs.basics.autodiff.operations import OPERATIONS
from labs.basics.autodiff.tape import Node


def number(x: float) -> str:
    """Return x in few characters: three decimals where they say something."""
    if math.isnan(x):
        return "NaN"
    if math.isinf(x):
        return "∞" if x > 0 else "−∞"
    small = x != 0 and abs(x) < 5e-4
    text = f"{x:.1e}" if small or abs(x) >= 1e5 else f"{x:.3f}"
    return text.replace("-", "−")


def bracketed(x: float) -> str:
    """Return x as it stands inside a formula: a negative number in brackets."""
    return f"({number(x)})" if x < 0 else number(x)


def formula(nodes: Sequence[Node], j: int) -> str:
    """Return what node j computes, in names: "x1 × x2"."""
    return _fill(OPERATIONS[nodes[j].operation].text, nodes, j)


def with_numbers(nodes: Sequence[Node], j: int) -> str:
    """Return what node j computes, in numbers: "2.000 × 5.000"."""
    node = nodes[j]
    return OPERATIONS[node.operation].text.format(*(bracketed(nodes[i].value) for i in node.inputs))


def rule(nodes: Sequence[Node], j: int, slot: int) -> str:
    """Return the local derivative of node j with respect to one of its inputs, in names."""
    return _fill(OPERATIONS[nodes[j].operation].rules[slot], nodes, j)


def _fill(text: str, nodes: Sequence[Node], j: int) -> str:
    return text.format(*(nodes[i].name for i in nodes[j].inputs), y=nodes[j].name)
