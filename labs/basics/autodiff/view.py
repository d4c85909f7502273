"""What the autodiff lab shows: graph, tables, checks and sliders at one moment of the trace."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from labs.basics.autodiff import picture, tables
from labs.basics.autodiff.network import network
from labs.basics.autodiff.passes import multiplications
from labs.basics.autodiff.playback import Moment, forward_order
from labs.basics.autodiff.tape import Node, Trace
from labs.basics.autodiff.words import formula, number
from labs.live import Frame

if TYPE_CHECKING:
    from labs.basics.autodiff.experiment import Autodiff

NO_NET = {"size": [1, 1], "nodes": [], "edges": []}


def frame(lab: "Autodiff", trace: Trace) -> Frame:
    """Return the trace as pictures and tables; all of it is notes, no tensors."""
    nodes = trace.nodes
    now = lab.now(nodes)
    chosen = now.node if lab.chosen is None else lab.chosen
    net = network(nodes)
    notes = {
        "settings": lab.settings,
        "f": {"text": lab.text, "fault": lab.fault},
        "leaves": [
            {"name": name, "value": value, "reach": lab.reach[name]}
            for name, value in lab.values.items()
        ],
        "graph": picture.graph(nodes, lab.placement, now, chosen),
        "trace": tables.two_columns(nodes, now, chosen),
        "in": tables.flows_in(nodes, chosen),
        "out": tables.flows_out(nodes, chosen),
        "check": tables.gradient_check(lab.program, nodes, lab.values, float(lab.settings["h"])),
        "net": picture.diagram(nodes, net) if net else NO_NET,
        "timeline": {"at": lab.moment, "count": lab.moments, "said": phases(lab)},
        "titles": titles(lab, nodes, now, is_net=net is not None),
        "met": sorted(lab.met),
        "say": f"y is {number(trace.value)}.",
    }
    return Frame(notes=notes)


def phases(lab: "Autodiff") -> list:
    """Return the parts of the timeline, each with the moment at which it ends."""
    return [["forwards", len(forward_order(lab.program))], ["backwards", lab.moments]]


def titles(lab: "Autodiff", nodes: Sequence[Node], now: Moment, *, is_net: bool) -> dict[str, str]:
    """Return a line above each picture."""
    forwards, backwards = multiplications(lab.program)
    return {
        "graph": remark(lab, nodes, now),
        "check": f"products taken: forward mode {forwards}, reverse mode {backwards}",
        "net": "" if is_net else "this function is no net of neurons; choose “a two-layer net”",
    }


def remark(lab: "Autodiff", nodes: Sequence[Node], now: Moment) -> str:
    """Return what happens at this moment, in words."""
    name = nodes[now.node].name
    if now.phase == "backward":
        if now.version == "users":
            return f"backwards, at {name}: sum over those that use it"
        return f"backwards, at {name}: add to the adjoints of its inputs"
    if lab.moment == 0:
        return "before the first step: only the leaves have values"
    return f"forwards: {name} = {formula(nodes, now.node)} = {number(nodes[now.node].value)}"
