"""What SceneNet is trained for: boxes, objectness, classes of boxes, classes of pixels.

Each part is one number.  A true box is answered for by the cell of its centre and the nearest
cells beside it, in the anchors whose shape is like its own (as in YOLOv5); the boxes follow the
generalised IoU (Rezatofighi et al., https://arxiv.org/abs/1902.09630), and objectness learns the
IoU that was reached, as in YOLO (Redmon et al., https://arxiv.org/abs/1506.02640).
"""

import torch
import torch.nn.functional as F
from torch import Tensor

from labs.models.scene import ANCHORS, CELL, STRIDES, Scene

ALIKE = 2.6  # a box is like an anchor if no side is longer or shorter by more than this factor
BACKGROUND = 0.4  # weight of a pixel of the background
WEIGHTS = {"box": 2.0, "objectness": 1.0, "class": 1.0, "pixels": 3.0}


def assign(boxes: Tensor, rows: int, columns: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Return who answers for the boxes (M, 4): indices of box, anchor, row and column, (P,)."""
    centre = (boxes[:, :2] + boxes[:, 2:]) / 2 / CELL
    sides = boxes[:, 2:] - boxes[:, :2]
    ratio = sides[:, None] / torch.tensor(ANCHORS)
    off = torch.maximum(ratio, 1 / ratio).amax(-1)  # (M, A)
    like = (off < ALIKE) | (off == off.amin(1, keepdim=True))
    cell = centre.floor()
    beside = torch.where(centre - cell < 0.5, -1.0, 1.0)  # the nearest neighbours
    zero = torch.zeros_like(beside[:, :1])
    offsets = torch.stack(
        [
            torch.cat([zero, zero], 1),
            torch.cat([beside[:, :1], zero], 1),
            torch.cat([zero, beside[:, 1:]], 1),
        ],
        1,
    )
    cells = cell[:, None] + offsets  # (M, 3, 2)
    inside = ((cells >= 0) & (cells < torch.tensor([columns, rows]))).all(-1)
    which, anchor, place = torch.nonzero(like[:, :, None] & inside[:, None], as_tuple=True)
    spot = cells[which, place].long()
    return which, anchor, spot[:, 1], spot[:, 0]


def losses(
    answer: Scene, pixels: Tensor, boxes: Tensor, labels: Tensor, of: Tensor
) -> dict[str, Tensor]:
    """Return the parts of the loss, one number each; `WEIGHTS` weighs them in their sum.

    pixels: (N, H, W) classes, 0 the background.  boxes: (M, 4), labels: (M,) and of: (M,) the
    picture that each box is in.
    """
    cells = answer.cells
    rows, columns = cells.shape[-2:]
    which, anchor, row, column = assign(boxes, rows, columns)
    at = (of[which], anchor, row, column)
    count = max(len(which), 1)
    agreement, generalised = paired_iou(answer.boxes[at], boxes[which])
    wanted = torch.zeros_like(answer.objectness)
    wanted[at] = agreement.detach()
    objectness = F.binary_cross_entropy_with_logits(cells[:, :, 4], wanted, reduction="sum")
    said = cells.movedim(2, -1)[at][:, 5:]
    weight = torch.ones(answer.terms[0].shape[1])
    weight[0] = BACKGROUND
    parts = []
    for scores, stride in zip(answer.terms, STRIDES, strict=True):
        true = pixels[:, stride // 2 :: stride, stride // 2 :: stride]
        parts.append(F.cross_entropy(scores, true, weight))
    return {
        "box": (1 - generalised).sum() / count,
        "objectness": objectness / count,
        "class": F.cross_entropy(said, labels[which], reduction="sum") / count,
        "pixels": 0.6 * parts[-1] + 0.4 * sum(parts[:-1]) / 3,
    }


def total(parts: dict[str, Tensor]) -> Tensor:
    """Return the weighted sum of the parts of the loss."""
    return sum(WEIGHTS[name] * value for name, value in parts.items())  # type: ignore[return-value]


def paired_iou(a: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    """Return IoU and generalised IoU of boxes a and b (P, 4), pair by pair, (P,) each."""
    both = (
        (torch.minimum(a[:, 2:], b[:, 2:]) - torch.maximum(a[:, :2], b[:, :2])).clamp_min(0).prod(1)
    )
    hull = (torch.maximum(a[:, 2:], b[:, 2:]) - torch.minimum(a[:, :2], b[:, :2])).prod(1)
    either = (a[:, 2:] - a[:, :2]).prod(1) + (b[:, 2:] - b[:, :2]).prod(1) - both
    ratio = both / either.clamp_min(1e-6)
    return ratio, ratio - (hull - either) / hull.clamp_min(1e-6)
