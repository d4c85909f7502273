"""The trace as tables to be read: its two columns, one node's arithmetic, the check."""

from collections.abc import Mapping, Sequence

from labs.basics.autodiff import diagnosis
from labs.basics.autodiff.differences import central, error
from labs.basics.autodiff.operations import flow
from labs.basics.autodiff.passes import tangents
from labs.basics.autodiff.playback import Moment
from labs.basics.autodiff.program import Instruction
from labs.basics.autodiff.tape import Node
from labs.basics.autodiff.words import formula, rule, with_numbers
from labs.numerals import bracketed, counted, number, written


def two_columns(nodes: Sequence[Node], now: Moment, chosen: int) -> dict:
    """Return the forward trace and the reverse trace side by side, one row for each node."""
    rows = []
    for j, node in enumerate(nodes):
        if not node.inputs:
            ahead = [f"{node.name}", "given" if node.operation == "variable" else "constant"]
        else:
            ahead = [f"{node.name} = {formula(nodes, j)}", f"= {with_numbers(nodes, j)}"]
        ahead.append(number(node.value) if j in now.valued else "")
        rows.append([*ahead, *_reverse(nodes, j, now)])
    return {
        "head": ["forward trace", "with numbers", "value", "reverse trace", "with numbers",
                 "adjoint"],
        "rows": rows, "on": chosen, "ink": ["", "", "up", "", "", "down"],
    }  # fmt: skip


def _reverse(nodes: Sequence[Node], j: int, now: Moment) -> list[str]:
    if nodes[j].operation == "constant":
        return ["", "constant: none is needed", ""]
    adjoint = number(now.visit.adjoints[j]) if now.visit and j in now.touched else ""
    if j == len(nodes) - 1:
        return [f"∂y/∂{nodes[j].name}", "= 1", adjoint]
    users = edges_out(nodes, j)
    names = " + ".join(f"∂y/∂{nodes[k].name} · ∂{nodes[k].name}/∂{nodes[j].name}" for k, _ in users)
    numbers = " + ".join(
        f"{bracketed(nodes[k].adjoint)} × {bracketed(nodes[k].partials[slot])}" for k, slot in users
    )
    return [f"∂y/∂{nodes[j].name} = {names}", f"= {numbers}" if adjoint else "", adjoint]


def edges_out(nodes: Sequence[Node], j: int) -> list[tuple[int, int]]:
    """Return the users of node j, as (node, which of its inputs j is), the last one first."""
    return [
        (k, slot)
        for k in reversed(range(len(nodes)))
        for slot, i in enumerate(nodes[k].inputs)
        if i == j
    ]


def flows_in(nodes: Sequence[Node], j: int) -> dict:
    """Return what comes back to node j from those that use it, term by term."""
    node = nodes[j]
    rows = []
    for k, slot in edges_out(nodes, j):
        slope, adjoint = nodes[k].partials[slot], nodes[k].adjoint
        rows.append([
            nodes[k].name, f"∂{nodes[k].name}/∂{node.name} = {rule(nodes, k, slot)}",
            number(slope), f"× {bracketed(adjoint)}",
            number(flow(nodes[k].operation, slope, adjoint)),
        ])  # fmt: skip
    if not node.inputs:
        text = "a constant" if node.operation == "constant" else "a variable: its value is given"
        title = f"{node.name} · {text}"
    else:
        title = f"{node.name} = {formula(nodes, j)} = {with_numbers(nodes, j)}"
        title += f" = {number(node.value)}"
    users = len(rows)
    meaning = "The output: its derivative with respect to itself is 1."
    if users:
        meaning = f"Used {counted(users, 'time')}: " + (
            "the terms of all its users are summed." if users > 1 else "one term comes back."
        )
    if node.operation == "constant":
        meaning = "A constant needs no derivative; PyTorch would not compute it either."
        rows = []
    return {
        "title": title, "text": meaning,
        "head": ["from", "local derivative", "number", "× adjoint", "comes back"],
        "rows": rows, "ink": ["", "", "", "down", "down"],
        "sum": "" if node.operation == "constant" else f"∂y/∂{node.name} = "
        + (" + ".join(row[4] if row[4][0] != "−" else f"({row[4]})" for row in rows) + " = "
           if users > 1 else "") + number(node.adjoint),
    }  # fmt: skip


def flows_out(nodes: Sequence[Node], j: int) -> dict:
    """Return what node j sends back to its inputs: its adjoint times each local derivative."""
    node = nodes[j]
    rows = []
    for slot, i in enumerate(node.inputs):
        slope = node.partials[slot]
        back = number(flow(node.operation, slope, node.adjoint))
        if nodes[i].operation == "constant":
            back = "—"
        rows.append([
            nodes[i].name, f"∂{node.name}/∂{nodes[i].name} = {rule(nodes, j, slot)}",
            number(slope), f"× {bracketed(node.adjoint)}", back,
        ])  # fmt: skip
    return {
        "title": "What it sends back", "ink": ["", "", "", "down", "down"],
        "text": "Its adjoint times each local derivative, added to the adjoints of its inputs."
        if rows else "A leaf: the way back ends here.",
        "head": ["to", "local derivative", "number", "× adjoint", "sends"], "rows": rows,
    }  # fmt: skip


def gradient_check(
    program: Sequence[Instruction], nodes: Sequence[Node], values: Mapping[str, float], h: float
) -> dict:
    """Return the gradient by reverse mode, forward mode and central differences of step h."""
    partials = [node.partials for node in nodes]
    rows = []
    for node in nodes:
        if node.operation != "variable":
            continue
        difference = central(program, values, node.name, h)
        rows.append([
            f"∂y/∂{node.name}", number(node.adjoint),
            number(tangents(program, partials, node.name)[-1]), number(difference),
            written(error(difference, node.adjoint), ".0e"),
        ])  # fmt: skip
    return {
        "text": diagnosis.sentences(program, nodes),
        "head": ["", "reverse mode", "forward mode", "difference", "its error"],
        "rows": rows, "ink": ["", "down", "down", "", ""],
    }  # fmt: skip
