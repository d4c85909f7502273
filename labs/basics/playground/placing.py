"""Touching the points: the pointer probes, adds, drags and removes."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

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
        lab.cloud.clear()
    else:
        raise ValueError(f"The plane knows no event {shown(kind)}.")
    lab.replace_points()
