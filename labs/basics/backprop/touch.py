"""What a hand does to the net: a dragged weight, a slider of the example, a click, a link."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import torch

from labs.basics.backprop import picture, words
from labs.live.checks import number, restored, shown, whole

if TYPE_CHECKING:
    from labs.basics.backprop.experiment import Backprop

LARGEST = 100.0  # of a weight or an input
REACH = 2.0  # a slider goes from -2 to 2, further for a larger value


def sliders(lab: "Backprop") -> list[dict]:
    """Return the example that is open, a slider for each input and each target."""
    x, y = lab.x[:, lab.at].tolist(), lab.y[:, lab.at].tolist()
    named = [(f"x{words.sub(k + 1)}", v) for k, v in enumerate(x)]
    named += [(f"y*{words.sub(k + 1)}", v) for k, v in enumerate(y)]
    return [{"name": k, "value": v, "reach": max(REACH, 2 * abs(v))} for k, v in named]


def slide(lab: "Backprop", kind: object, event: Mapping) -> None:
    """Take a number of the example from its slider.  Raises ValueError."""
    if kind == "lift":
        lab.shared = False
    elif kind == "restore":
        for name, value in restored(event.get("values")):
            _put(lab, name, value)
    elif kind in ("slide", "type"):
        _put(lab, event.get("name"), event.get("value"))
    else:
        raise ValueError(f"A slider knows no event {shown(kind)}.")


def _put(lab: "Backprop", name: object, value: object) -> None:
    places = {item["name"]: k for k, item in enumerate(sliders(lab))}
    if not isinstance(name, str) or name not in places:
        raise ValueError(f"The example has no number {shown(name)}.")
    k, inputs = places[name], len(lab.x)
    into, row = (lab.x, k) if k < inputs else (lab.y, k - inputs)
    into[row, lab.at] = number(value, -LARGEST, LARGEST, name)


def edit(lab: "Backprop", panel: object, event: Mapping) -> None:
    """Set the cell of a weight matrix that is dragged.  Raises ValueError."""
    layers = {f"W{i + 1}": w for i, w in enumerate(lab.net.weights)}
    if not isinstance(panel, str) or panel not in layers:
        raise ValueError("Drag a cell of one of the weight matrices.")
    w = layers[panel].view(-1)
    cell = whole(event.get("index"), 0, len(w) - 1, "A matrix's cell")
    w[cell] = number(event.get("value"), -LARGEST, LARGEST, "A weight")
    lab.shared = False


def click(lab: "Backprop", panel: object, kind: str, unit: object) -> None:
    """Choose the weight that a node or an edge of the diagram stands for.  Raises ValueError."""
    if panel != "diagram":
        raise ValueError("Click a node or an edge of the diagram.")
    nodes, edges = picture.targets(lab.numbers())
    targets = nodes if kind == "click" else edges
    at = whole(unit, 0, len(targets) - 1, "What was clicked")
    lab.chosen = lab.picked = targets[at]


def from_link(lab: "Backprop", panel: str, text: object) -> None:
    """Take the weights ("w") or the example ("xy") as `address` writes them.  Raises ValueError."""
    try:
        values = [number(float(v), -1e6, 1e6, "A number") for v in str(text)[:2000].split(",")]
    except ValueError:
        raise ValueError(f"The link says {str(text)[:20]!r}, which are no numbers.") from None
    wanted = len(lab.net.theta) if panel == "w" else len(lab.x) + len(lab.y)
    if len(values) != wanted:
        raise ValueError(f"The link has {len(values)} numbers where {wanted} are needed.")
    found = torch.tensor(values, dtype=torch.float64)
    if panel == "w":
        lab.net.theta.copy_(found)
        lab.forget()
    else:
        lab.x[:, lab.at], lab.y[:, lab.at] = found.split([len(lab.x), len(lab.y)])
