"""Formulas in words: what a node computes, its local derivatives, its numbers."""

from collections.abc import Sequence

from labs.basics.autodiff.operations import OPERATIONS
from labs.basics.autodiff.tape import Node
from labs.numerals import bracketed


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
