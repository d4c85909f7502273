"""Touching the points: the pointer probes, adds, drags and removes."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import torch

from labs.live.checks import number, shown, whole

if TYPE_CHECKING:
    from labs.basics.playground.experiment import Playground


def receive(lab: "Playground", event: Mapping) -> None:
    """Take in an event of the plane.  Raises ValueError in one sentence."""
    kind = event.get("kind")
    if kind in ("hover", "add", "move"):
        u = number(event.get("x"), -1, 1, "x1 of a point")
        v = number(event.get("y"), -1, 1, "x2 of a point")
    if kind == "hover":
        lab.probe = (u, v)
        return
    if kind == "add":
        classes = lab.cloud.classes
        high = classes - 1 if classes else 1
        label = number(event.get("label"), 0 if classes else -1, high, "A point's class")
        lab.cloud.add(u, v, int(label) if classes else label)
    elif kind in ("move", "remove"):
        index = whole(event.get("index"), 0, len(lab.cloud) - 1, "A point's number")
        lab.cloud.move(index, u, v) if kind == "move" else lab.cloud.remove(index)
    elif kind == "clear":
        keep = [int((lab.cloud.y == c).nonzero()[0]) for c in lab.cloud.y.unique()][:5]
        lab.cloud.x, lab.cloud.y = lab.cloud.x[:, keep], lab.cloud.y[keep]
        if len(lab.cloud) < 2:
            raise ValueError("Two training points are needed at least.")
        lab.cloud.train = torch.ones(len(keep), dtype=torch.bool)
        lab.cloud.own = True
    else:
        raise ValueError(f"The plane knows no event {shown(kind)}.")
    lab.replace_points()
