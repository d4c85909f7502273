"""Why a number is infinite or none, and why two ways to a gradient differ, in a sentence each."""

import math
from collections.abc import Callable, Sequence

from labs.basics.autodiff.passes import tangents
from labs.basics.autodiff.program import Instruction
from labs.basics.autodiff.tape import Node
from labs.numerals import number

FINE = "Reverse and forward mode agree up to rounding; the difference has an error of its own."
OUTSIDE: dict[str, Callable[..., str]] = {
    "div": lambda a, b: f"{number(a)} is divided by 0" if b == 0 else "",
    "ln": lambda a: f"ln has no value at {number(a)}" if a <= 0 else "",
    "sqrt": lambda a: "a negative number has no square root" if a < 0 else "",
    "pow": lambda a, b: (
        "0 to a negative power is a division by 0" if a == 0 and b < 0 else
        "a negative number has no power that is not whole" if a < 0 and b % 1 else ""
    ),
}  # fmt: skip
KINKS: dict[str, Callable[..., bool]] = {
    "relu": lambda a: a == 0, "abs": lambda a: a == 0,
    "max": lambda a, b: a == b, "min": lambda a, b: a == b,
}  # fmt: skip


def sentences(program: Sequence[Instruction], nodes: Sequence[Node]) -> str:
    """Return what is to be said of the values and of the gradient by both modes."""
    found = [_value(nodes), *(_gradient(program, nodes, k) for k in _variables(nodes))]
    found.append(_kink(nodes))
    return "  ".join(dict.fromkeys(filter(None, found))) or FINE


def _variables(nodes: Sequence[Node]) -> list[int]:
    return [k for k, node in enumerate(nodes) if node.operation == "variable"]


def _value(nodes: Sequence[Node]) -> str:
    """Name the first node without a finite value, and the reason."""
    for node in nodes:
        if not math.isfinite(node.value):
            inputs = [nodes[i].value for i in node.inputs]
            reason = OUTSIDE.get(node.operation, lambda *_: "")(*inputs)
            reason = reason or "float64 has no number beyond 1.8e308"
            return f"{node.name} = {number(node.value)}: {reason}."
    return ""


def _gradient(program: Sequence[Instruction], nodes: Sequence[Node], k: int) -> str:
    """Say where the derivative with respect to variable k becomes NaN, if it does in a mode."""
    forwards = tangents(program, [node.partials for node in nodes], nodes[k].name)
    reverse, forward = math.isnan(nodes[k].adjoint), math.isnan(forwards[-1])
    if not (reverse or forward):
        return ""
    begin = f"∂y/∂{nodes[k].name} is NaN "
    if reverse and forward:
        begin += "in both modes"
    elif forward:
        begin += f"forwards and {number(nodes[k].adjoint)} backwards"
    else:
        begin += f"backwards and {number(forwards[-1])} forwards"
    if forward:
        j = next(j for j, v in enumerate(forwards) if math.isnan(v))
        inputs = zip(program[j].inputs, nodes[j].partials, strict=True)
        terms = [(slope, forwards[i]) for i, slope in inputs]
        way = f"forward mode sums over all inputs of {nodes[j].name}, also those that do not move"
    else:
        lost = max(j for j, node in enumerate(nodes) if math.isnan(node.adjoint))
        terms = [
            (slope, node.adjoint)
            for node in nodes
            for i, slope in zip(node.inputs, node.partials, strict=True)
            if i == lost
        ]
        way = "reverse mode multiplies what comes from the output by each local derivative"
    return f"{begin}: {way}, and {_cause(terms)}."


def _cause(terms: Sequence[tuple[float, float]]) -> str:
    """Return what has no value in a sum of products (local derivative, what is carried)."""
    if any(math.isnan(slope) for slope, _ in terms):
        return "a local derivative has no value outside the function's domain"
    if any({0.0, math.inf} <= {abs(slope), abs(carried)} for slope, carried in terms):
        return "0 · ∞ has no value"
    return "∞ − ∞ has no value"


def _kink(nodes: Sequence[Node]) -> str:
    """Name the first node at a kink, and what is taken for its slope there."""
    for node in nodes:
        at = KINKS.get(node.operation)
        if at and at(*(nodes[i].value for i in node.inputs)):
            taken = " and ".join(f"{slope:g}" for slope in node.partials)
            return (
                f"{node.name} is at a kink, where its slope jumps: both modes take {taken}, as "
                "PyTorch does, and the central difference takes the mean of both sides."
            )
    return ""
