"""Boxes: how much two agree, which of many to keep, and how good a list of them is.

Intersection over union and average precision as in Everingham et al., "The PASCAL visual object
classes challenge", https://doi.org/10.1007/s11263-009-0275-4, with all points of the curve.
Boxes are (N, 4) as x0, y0, x1, y1.
"""

from collections.abc import Sequence

import torch
from torch import Tensor


def iou(a: Tensor, b: Tensor) -> Tensor:
    """Return intersection over union of each of a: (N, 4) with each of b: (M, 4), (N, M).

    In [0, 1]; 0 for boxes without an area.
    """
    sides = torch.minimum(a[:, None, 2:], b[None, :, 2:]) - torch.maximum(
        a[:, None, :2], b[None, :, :2]
    )
    both = sides.clamp_min(0).prod(-1)
    either = area(a)[:, None] + area(b)[None] - both
    return torch.where(either > 0, both / either.clamp_min(1e-9), 0)


def area(boxes: Tensor) -> Tensor:
    """Return the areas of boxes (N, 4), (N,)."""
    return (boxes[:, 2:] - boxes[:, :2]).clamp_min(0).prod(-1)


def nms(boxes: Tensor, scores: Tensor, threshold: float) -> Tensor:
    """Return the indices of the boxes (N, 4) that non-maximum suppression keeps, by falling score.

    The best box is kept; those whose IoU with it is above the threshold are suppressed; so on with
    the best that is left.  Equal scores keep their order.
    """
    order = scores.argsort(descending=True, stable=True)
    overlap = iou(boxes[order], boxes[order]) > threshold
    alive = torch.ones(len(order), dtype=torch.bool)
    for i in range(len(order)):
        if alive[i]:
            alive[i + 1 :] &= ~overlap[i, i + 1 :]
    return order[alive]


def match(boxes: Tensor, truth: Tensor, threshold: float = 0.5) -> Tensor:
    """Return for each box (N, 4), best score first, whether it is the first to find a true box.

    A box looks at the true box (M, 4) with which it agrees most; if their IoU is below the
    threshold, or another box has found that one before, it is a false alarm.  (N,) bool.
    """
    hit = torch.zeros(len(boxes), dtype=torch.bool)
    if not len(boxes) or not len(truth):
        return hit
    best, which = iou(boxes, truth).max(1)
    found = set()
    for i, (value, j) in enumerate(zip(best.tolist(), which.tolist(), strict=True)):
        if value >= threshold and j not in found:
            hit[i] = True
            found.add(j)
    return hit


def precision_recall(scores: Tensor, hits: Tensor, total: int) -> tuple[Tensor, Tensor]:
    """Return precision and recall (N,) of the best 1, 2, ... N of all boxes, by falling score.

    scores, hits: (N,).  total: how many true boxes there are.
    """
    hits = hits[scores.argsort(descending=True, stable=True)].double()
    found = hits.cumsum(0)
    return found / torch.arange(1, len(hits) + 1), found / max(total, 1)


def average_precision(scores: Tensor, hits: Tensor, total: int) -> float:
    """Return the area under the precision-recall curve, in [0, 1].

    scores, hits: (N,), of the boxes of one class in all pictures, hits as `match` finds them.
    total: how many true boxes of the class there are.  Each recall counts with the largest
    precision at that recall or above.  0 where there is nothing to find.
    """
    if not total or not len(scores):
        return 0.0
    precision, recall = precision_recall(scores, hits, total)
    envelope = precision.flip(0).cummax(0).values.flip(0)
    steps = recall.diff(prepend=torch.zeros(1, dtype=recall.dtype))
    return float((envelope * steps).sum())


def suppressed_by(boxes: Tensor, kept: Sequence[int], threshold: float) -> list[int]:
    """Return for each box (N, 4) the kept box that suppressed it, or -1 where it is kept itself.

    kept: indices by falling score, as `nms` returns them.
    """
    overlap = iou(boxes, boxes[list(kept)])
    first = (overlap > threshold).int().argmax(1)
    return [-1 if i in kept else int(kept[first[i]]) for i in range(len(boxes))]
