"""What the autodiff lab shows of a trace at one moment: graphs, tables, and a line above each."""

from labs.basics.autodiff import picture, tables
from labs.basics.autodiff.network import network
from labs.basics.autodiff.passes import multiplications
from labs.basics.autodiff.placement import Placement
from labs.basics.autodiff.playback import Moment, count, forward_order
from labs.basics.autodiff.tape import Trace
from labs.basics.autodiff.words import formula
from labs.numerals import number

NO_NET = {"size": [1, 1], "nodes": [], "edges": []}


def passes(trace: Trace, where: Placement, now: Moment, chosen: int) -> dict:
    """Return both passes as the notes of a frame; `chosen` is the node under inspection."""
    nodes = trace.nodes
    net = network(nodes)
    ahead, end = len(forward_order(nodes)), count(nodes, now.version)
    forwards, backwards = multiplications(nodes)
    return {
        "graph": picture.graph(nodes, where, now, chosen),
        "trace": tables.two_columns(nodes, now, chosen),
        "in": tables.flows_in(nodes, chosen),
        "out": tables.flows_out(nodes, chosen),
        "net": picture.diagram(nodes, net) if net else NO_NET,
        "timeline": {"at": now.at, "count": end,
                     "said": [["forwards", ahead], ["backwards", end]]},
        "titles": {
            "graph": remark(trace, now),
            "check": f"products taken: forward mode {forwards}, reverse mode {backwards}",
            "net": "" if net else "this function is no net of neurons; choose “a two-layer net”",
        },
        "say": f"y is {number(trace.value)}.",
    }  # fmt: skip


def remark(trace: Trace, now: Moment) -> str:
    """Return what happens at this moment, in words."""
    node = trace.nodes[now.node]
    if now.phase == "backward":
        if now.version == "users":
            return f"backwards, at {node.name}: sum over those that use it"
        return f"backwards, at {node.name}: add to the adjoints of its inputs"
    if now.at == 0:
        return "before the first step: only the leaves have values"
    return f"forwards: {node.name} = {formula(trace.nodes, now.node)} = {number(node.value)}"
