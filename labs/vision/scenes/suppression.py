"""Non-maximum suppression as a walk: which box is kept, whom it is compared with, who goes."""

from collections.abc import Iterator
from dataclasses import dataclass

from torch import Tensor

from labs.models.boxes import iou


@dataclass(frozen=True)
class Moment:
    """One moment of the walk; boxes are counted in the sorted list."""

    keeper: int  # the best box that was left, which is kept
    rival: int  # the box that is compared with it; -1 when it is just kept
    overlap: float  # their IoU
    goes: bool  # whether the rival is suppressed


def walk(boxes: Tensor, threshold: float) -> Iterator[Moment]:
    """Yield the moments of suppression among boxes (N, 4), sorted by falling score.

    The keepers, in their order, are what `nms` returns.
    """
    overlap = iou(boxes, boxes)
    gone: set[int] = set()
    for i in range(len(boxes)):
        if i in gone:
            continue
        yield Moment(i, -1, 0.0, False)
        for j in range(i + 1, len(boxes)):
            if j not in gone:
                value = float(overlap[i, j])
                if value > threshold:
                    gone.add(j)
                yield Moment(i, j, value, value > threshold)
