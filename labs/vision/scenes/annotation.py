"""A visitor's own annotation against the net's answer: IoU and loss of a box, or of a mask."""

from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from scipy.ndimage import binary_fill_holes
from torch import Tensor

from labs.data.doodles import CLASSES
from labs.models.boxes import iou
from labs.models.scene import Detections, Scene
from labs.models.scene_loss import paired_iou
from labs.numerals import written


@dataclass(frozen=True)
class Judged:
    """What an annotation and the net have in common."""

    agreement: float  # IoU
    loss: float  # 1 - generalised IoU of a box; cross-entropy of a mask's pixels in nats
    said: str  # what the net says, "" for nothing there


def box_of(mask: Tensor) -> Tensor:
    """Return the box around a mask (H, W), (4,) in pixels; zeros where it is empty."""
    if not mask.any():
        return torch.zeros(4)
    rows, columns = torch.nonzero(mask.any(1))[:, 0], torch.nonzero(mask.any(0))[:, 0]
    x0, y0, x1, y1 = columns[0], rows[0], columns[-1] + 1, rows[-1] + 1
    return torch.stack([x0, y0, x1, y1]).float()


def filled(mask: Tensor) -> Tensor:
    """Return a mask (H, W) with what its line encloses."""
    return torch.from_numpy(np.ascontiguousarray(binary_fill_holes(mask.numpy())))


def judge_box(box: Tensor, label: int, found: Detections) -> Judged:
    """Compare a box (4,) with the net's box of this class that agrees most, of any class if there
    is none.
    """
    mine = found.labels == label
    chosen = torch.nonzero(mine)[:, 0] if mine.any() else torch.arange(len(found.labels))
    if not len(chosen):
        return Judged(0.0, 2.0, "")
    best = chosen[iou(box[None], found.boxes[chosen])[0].argmax()]
    agreement, generalised = paired_iou(box[None], found.boxes[best][None])
    said = f"{CLASSES[int(found.labels[best])]} {written(100 * found.scores[best], '.0f')} %"
    return Judged(float(agreement), float(1 - generalised), said)


def judge_mask(mask: Tensor, label: int, answer: Scene) -> Judged:
    """Compare a mask (H, W) with the pixels to which the net gives this class."""
    scores = answer.pixels[0]
    its = answer.said[0] == label + 1
    both, either = int((its & mask).sum()), int((its | mask).sum())
    inside = scores[:, mask].T
    target = torch.full((len(inside),), label + 1)
    loss = float(F.cross_entropy(inside, target)) if len(inside) else 0.0
    said = (
        ("background", *CLASSES)[int(scores[:, mask].argmax(0).mode().values)]
        if len(inside)
        else ""
    )
    return Judged(both / max(either, 1), loss, said)
