"""How many key points are found again while one thing changes: measured point by point."""

from collections.abc import Callable
from dataclasses import dataclass, field

import torch
from torch import Tensor

from labs.vision.features.keypoints.points import Change, Points, match

AXES = {
    "turn": tuple(float(v) for v in range(0, 181, 15)),
    "scale": (0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.15, 1.3, 1.5, 1.75, 2.0),
    "light": (0.1, 0.2, 0.3, 0.5, 0.7, 0.85, 1.0, 1.15, 1.3, 1.5),
}
ALL = tuple((axis, value) for axis, values in AXES.items() for value in values)


@dataclass
class Sweep:
    """The key points of one picture, and of it after each change of `ALL`."""

    look: Callable[[Change], Points]  # at the picture after a change
    side: int
    first: Points
    seen: list[Points] = field(default_factory=list)

    def step(self) -> bool:
        """Find the points after one more change; whether more are left."""
        if len(self.seen) < len(ALL):
            self.seen.append(self.look(change(*ALL[len(self.seen)])))
        return len(self.seen) < len(ALL)

    def curves(self, ratio: float, layer: str) -> dict[str, Tensor]:
        """Return by axis (3, values): the value, and the share of points found again by SIFT and by
        the learned descriptor of a layer; NaN where it is not measured yet.
        """
        rows: dict[str, list] = {axis: [] for axis in AXES}
        for k, (axis, value) in enumerate(ALL):
            found = [float("nan")] * 2
            if k < len(self.seen):
                found = [
                    match(self.first, self.seen[k], change(axis, value), self.side, ratio,
                          by).found
                    for by in ("sift", layer)
                ]  # fmt: skip
            rows[axis].append((value, *found))
        return {axis: torch.tensor(values).T.contiguous() for axis, values in rows.items()}


def change(axis: str, value: float) -> Change:
    """Return the change of one thing alone."""
    return Change(**{axis: value})
