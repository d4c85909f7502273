"""The trace as graphs to be drawn: rectangles and arrows, or neurons and weights."""

from collections.abc import Sequence

from labs.basics.autodiff.network import Network
from labs.basics.autodiff.operations import OPERATIONS, flow
from labs.basics.autodiff.placement import Placement, place
from labs.basics.autodiff.playback import Moment
from labs.basics.autodiff.program import Instruction
from labs.basics.autodiff.tape import Node
from labs.numerals import number


def placement(nodes: Sequence[Instruction | Node]) -> Placement:
    """Return where the rectangles stand; a leaf stands just before its first user."""
    late = frozenset(i for i, node in enumerate(nodes) if not node.inputs)
    return place([node.inputs for node in nodes], late)


def graph(nodes: Sequence[Node], where: Placement, now: Moment, chosen: int) -> dict:
    """Return the computation graph as the `graph` panel draws it, at one moment.

    By the lecture's conventions: a rectangle for each intermediate variable, its function inside,
    its name outside; round leaves for variables and constants.
    """
    drawn = [_rectangle(nodes, j, where, now) for j in range(len(nodes))]
    edges = []
    for (i, j, slot), bends in where.bends.items():
        ready = j in now.valued
        backward = _passed(now, i, j) and nodes[i].operation != "constant"
        slope = nodes[j].partials[slot]
        back = flow(nodes[j].operation, slope, nodes[j].adjoint)
        edges.append({
            "from": i, "to": j, "via": bends,
            "up": f"×{number(slope)}" if ready else "",
            "down": number(back) if backward else "",
            "state": _edge_state(now, i, j),
        })  # fmt: skip
    return {
        "size": [where.columns, where.rows], "nodes": drawn, "edges": edges, "chosen": chosen,
    }  # fmt: skip


def _rectangle(nodes: Sequence[Node], j: int, where: Placement, now: Moment) -> dict:
    node, leaf = nodes[j], not nodes[j].inputs
    constant = node.operation == "constant"
    adjoint = now.visit.adjoints[j] if now.visit and j in now.touched else None
    return {
        "x": where.nodes[j][0], "y": where.nodes[j][1],
        "shape": "round" if leaf else "box",
        "text": node.name if leaf else OPERATIONS[node.operation].symbol,
        "name": "" if leaf else node.name,
        "up": number(node.value) if j in now.valued and not constant else "",
        "down": number(adjoint) if adjoint is not None and not constant else "",
        "state": "now" if j == now.node else "done" if j in now.valued else "wait",
    }  # fmt: skip


def _passed(now: Moment, i: int, j: int) -> bool:
    """Whether a product has come back from node j to node i already."""
    return now.phase == "backward" and (i if now.version == "users" else j) in now.visited


def _edge_state(now: Moment, i: int, j: int) -> str:
    if now.phase == "forward":
        return "up" if j == now.node else ""
    if now.visit and any({k, now.visit.node} == {i, j} for k, _, _ in now.visit.terms):
        return "down"
    return ""


def diagram(nodes: Sequence[Node], net: Network) -> dict:
    """Return the net of neurons as the `graph` panel draws it: weights and their gradients."""
    order = net.order
    index = {j: k for k, j in enumerate(order)}
    level = dict.fromkeys(net.inputs, 0)
    for neuron in net.neurons:
        level[neuron.node] = 1 + max(level[source] for source, _, _ in neuron.weights)
    columns = [[j for j in order if level[j] == at] for at in range(max(level.values()) + 1)]
    tallest = max(map(len, columns))
    rows = {
        j: k + (tallest - len(members)) / 2 for members in columns for k, j in enumerate(members)
    }
    drawn = [
        {
            "x": level[j], "y": rows[j], "shape": "circle", "name": nodes[j].name,
            "text": "" if level[j] == 0 else OPERATIONS[nodes[j].operation].symbol,
            "up": number(nodes[j].value), "down": number(nodes[j].adjoint), "state": "done",
        }
        for j in order
    ]  # fmt: skip
    edges = [
        {
            "from": index[source], "to": index[neuron.node], "via": [],
            "up": "1" if weight is None else number(sign * nodes[weight].value),
            "down": "" if weight is None else number(sign * nodes[weight].adjoint),
            "weight": sign if weight is None else sign * nodes[weight].value,
            "state": "",
        }
        for neuron in net.neurons for source, weight, sign in neuron.weights
    ]  # fmt: skip
    return {"size": [len(columns), tallest], "nodes": drawn, "edges": edges}
