"""Touching the neuron lab: points, the line's handles, the weights of the two layers."""

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

import torch

from labs.live.checks import number, shown, whole

if TYPE_CHECKING:
    from labs.basics.neuron.experiment import Neuron

LOW, HIGH = -0.5, 1.5  # of the plane
LARGEST = 40.0  # size of a weight
ARROW = 0.12  # length of the handle's arrow for a weight vector of length e - 1
MOST = 200  # points


def plane(lab: "Neuron", event: Mapping) -> None:
    """Take in a point or a handle.  Raises ValueError in one sentence."""
    kind = event.get("kind")
    if kind in ("hover", "add", "move", "handle"):
        u = number(event.get("x"), LOW, HIGH, "x1 of a point")
        v = number(event.get("y"), LOW, HIGH, "x2 of a point")
    if kind == "hover":
        lab.probe = (u, v)
        return
    if kind == "handle":
        _drag(lab, whole(event.get("index"), 0, 1, "A handle"), u, v)
        return
    if kind == "add":
        if len(lab.y) >= MOST:
            raise ValueError(f"There is room for {MOST} points.")
        label = number(event.get("label"), 0, 1, "A point's class")
        lab.x = torch.cat([lab.x, torch.tensor([[u], [v]], dtype=torch.float64)], 1)
        lab.y = torch.cat([lab.y, torch.tensor([round(label)], dtype=torch.float64)])
    elif kind == "move":
        lab.x = lab.x.clone()
        lab.x[:, whole(event.get("index"), 0, len(lab.y) - 1, "A point")] = torch.tensor(
            [u, v], dtype=torch.float64
        )
    elif kind == "remove":
        keep = torch.arange(len(lab.y)) != whole(event.get("index"), 0, len(lab.y) - 1, "A point")
        if keep.sum() < 2:
            raise ValueError("Two points are needed at least.")
        lab.x, lab.y = lab.x[:, keep], lab.y[keep]
    elif kind == "clear":
        lab.set_gate(str(lab.settings["gate"]))
        return
    else:
        raise ValueError(f"The plane knows no event {shown(kind)}.")
    lab.own = True
    lab.begin()


def _drag(lab: "Neuron", index: int, u: float, v: float) -> None:
    """Move the line by its foot (0), or turn and steepen it by its arrow (1)."""
    foot, _ = lab.handles()
    place = torch.tensor([u, v], dtype=torch.float64)
    normal = lab.w[1:].clone()
    if index == 0:
        foot = place
    else:
        arrow = place - foot
        length = arrow.norm().clamp_min(1e-6).item()
        normal = arrow / length * min(LARGEST, math.expm1(length / ARROW))
    w = torch.cat([-(normal @ foot)[None], normal])
    lab.w = w * min(1.0, LARGEST / w.abs().max().clamp_min(1e-9).item())
    lab.by_hand, lab.before = True, None
    lab.note()


def network(lab: "Neuron", event: Mapping) -> None:
    """Take in a click or a weight of the three units."""
    kind = event.get("kind")
    if kind == "leave":
        lab.hovered = None
        return
    low = -1 if kind == "hover" else 0
    layer = whole(event.get("layer"), low, 1, "A layer")
    unit = whole(event.get("unit"), 0, 0 if layer == 1 else 1, "A unit")
    if kind == "hover":
        lab.hovered = (layer, unit)
        return
    lab.selected = 2 if layer == 1 else unit
    if kind == "weight":
        source = whole(event.get("source"), 0, 2, "An input")
        lab.layers.w[lab.selected, source] = number(
            event.get("value"), -LARGEST, LARGEST, "A weight"
        )
    elif kind not in ("select", "edge"):
        raise ValueError(f"These units know no event {shown(kind)}.")
