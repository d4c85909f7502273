"""SceneNet: one small body, and two heads that say which pixel and which box.

The pixels' scores are sums over strides 32, 16, 8 and 4 as in a fully convolutional network (Long,
Shelhamer & Darrell, https://arxiv.org/abs/1411.4038); the boxes come from a grid of cells with
anchors as in YOLO9000 (Redmon & Farhadi, https://arxiv.org/abs/1612.08242).  The way back up merges
features as a pyramid (Lin et al., https://arxiv.org/abs/1612.03144).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from labs.data.doodles import CLASSES
from labs.models.boxes import nms

STRIDES = (32, 16, 8, 4)
CELL = 16  # pixels between the centres of two cells
ANCHORS = ((34.0, 31.0), (60.0, 54.0), (108.0, 98.0))  # width and height of the boxes in a cell
REACH = 3.0  # of the logarithm of a box's side over its anchor's


@dataclass(frozen=True)
class Detections:
    """boxes: (K, 4) as x0, y0, x1, y1 in pixels.  scores: (K,), falling.  labels: (K,)."""

    boxes: Tensor
    scores: Tensor
    labels: Tensor


@dataclass(frozen=True)
class Scene:
    """What the net says about N pictures.

    terms: the pixels' scores at strides 32, 16, 8, 4, (N, classes + 1, H / s, W / s) each, each of
    them with the coarser ones added already.  cells: (N, A, 5 + classes, H / 16, W / 16): offsets
    x, y, logarithms of the sides w, h, objectness, class scores, all before any squashing.
    """

    terms: tuple[Tensor, ...]
    cells: Tensor

    @cached_property
    def pixels(self) -> Tensor:
        """Scores of the classes, 0 is the background: (N, classes + 1, H, W)."""
        return enlarge(self.terms[-1], STRIDES[-1])

    @cached_property
    def said(self) -> Tensor:
        """The class of each pixel, 0 the background, c + 1 class c: (N, H, W)."""
        return strongest(self.pixels, 1)

    @cached_property
    def boxes(self) -> Tensor:
        """All boxes, of each anchor in each cell: (N, A, rows, columns, 4) in pixels."""
        return decode(self.cells)

    @cached_property
    def objectness(self) -> Tensor:
        """How sure each box is that it holds a thing: (N, A, rows, columns) in [0, 1]."""
        return self.cells[:, :, 4].sigmoid()

    @cached_property
    def shares(self) -> Tensor:
        """Shares of the classes in each box: (N, A, classes, rows, columns), sum 1."""
        return self.cells[:, :, 5:].softmax(2)

    def candidates(self, threshold: float) -> list[Detections]:
        """Return the boxes whose score, objectness times the best share, is at least threshold."""
        share, label = self.shares.max(2)
        score = self.objectness * share
        answers = []
        for n in range(len(score)):
            chosen = score[n] >= threshold
            boxes, scores, labels = self.boxes[n][chosen], score[n][chosen], label[n][chosen]
            order = scores.argsort(descending=True, stable=True)
            answers.append(Detections(boxes[order], scores[order], labels[order]))
        return answers

    def detect(self, threshold: float = 0.3, iou: float = 0.45) -> list[Detections]:
        """Return what is found in each picture: scores from threshold on, after suppression.

        Boxes suppress those of their own class only, where they overlap by more than `iou`.
        """
        if not 0 <= threshold <= 1 or not 0 <= iou <= 1:
            raise ValueError(f"threshold and iou must be in [0, 1], got {threshold} and {iou}")
        return [suppress(found, iou) for found in self.candidates(threshold)]


def strongest(scores: Tensor, axis: int) -> Tensor:
    """Return the index of the largest score along an axis: `argmax`, in a fifth of its time."""
    return scores.max(axis).indices


def suppress(found: Detections, iou: float) -> Detections:
    """Return what non-maximum suppression within each class keeps."""
    kept = nms(apart(found), found.scores, iou)
    return Detections(found.boxes[kept], found.scores[kept], found.labels[kept])


def apart(found: Detections) -> Tensor:
    """Return boxes moved so far apart by class that those of two classes never overlap."""
    return found.boxes + found.labels[:, None] * 4096.0


def decode(cells: Tensor) -> Tensor:
    """Return the boxes of cells (N, A, 5 + classes, rows, columns) as (N, A, rows, columns, 4).

    A cell's box has its centre at (column + 2 sigmoid(x) - 0.5, row + 2 sigmoid(y) - 0.5) cells, so
    that it can lie a little outside of the cell, and the sides of its anchor times exp(w), exp(h).
    """
    rows, columns = cells.shape[-2:]
    x = torch.arange(columns) + 2 * cells[:, :, 0].sigmoid() - 0.5
    y = torch.arange(rows)[:, None] + 2 * cells[:, :, 1].sigmoid() - 0.5
    anchors = torch.tensor(ANCHORS)[:, :, None, None]
    half = anchors * cells[:, :, 2:4].clamp(-REACH, REACH).exp() / 2
    x, y, w, h = x * CELL, y * CELL, half[:, :, 0], half[:, :, 1]
    return torch.stack([x - w, y - h, x + w, y + h], -1)


def enlarge(scores: Tensor, times: int) -> Tensor:
    """Return scores enlarged bilinearly: a transposed convolution with a fixed kernel."""
    return F.interpolate(scores, scale_factor=times, mode="bilinear", align_corners=False)


def _conv(before: int, after: int, side: int = 3, stride: int = 1) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(before, after, side, stride, side // 2, bias=False),
        nn.BatchNorm2d(after),
        nn.ReLU(),
    )


class Residual(nn.Module):
    """x + F(x) with two convolutions, He et al., https://arxiv.org/abs/1512.03385."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.first = _conv(channels, channels)
        self.second = nn.Sequential(
            nn.Conv2d(channels, channels, 3, 1, 1, bias=False), nn.BatchNorm2d(channels)
        )

    def forward(self, x: Tensor) -> Tensor:
        return F.relu(x + self.second(self.first(x)))


class Merge(nn.Module):
    """Fine features (N, fine, H, W) with coarse ones (N, coarse, H / 2, W / 2): (N, fine, H, W).

    A convolution of 1 x 1 over both, the coarse ones repeated: their share is computed before.
    """

    def __init__(self, fine: int, coarse: int) -> None:
        super().__init__()
        self.fine = nn.Conv2d(fine, fine, 1, bias=False)
        self.coarse = nn.Conv2d(coarse, fine, 1, bias=False)
        self.norm = nn.BatchNorm2d(fine)

    def forward(self, fine: Tensor, coarse: Tensor) -> Tensor:
        both = self.fine(fine) + F.interpolate(self.coarse(coarse), scale_factor=2)
        return F.relu(self.norm(both))


class SceneNet(nn.Module):
    """x: (N, 1, H, W), ink 1 on 0, H and W multiples of 32 -> Scene."""

    def __init__(
        self, names: Sequence[str] = CLASSES, widths: tuple[int, ...] = (12, 32, 48, 96, 128)
    ) -> None:
        super().__init__()
        a, b, c, d, e = widths
        self.classes, classes = list(names), len(names)
        self.to4 = nn.Sequential(_conv(1, a, 5, 2), _conv(a, b, 3, 2))
        self.to8 = nn.Sequential(_conv(b, c, 3, 2), Residual(c))
        self.to16 = nn.Sequential(_conv(c, d, 3, 2), Residual(d))
        self.to32 = nn.Sequential(_conv(d, e, 3, 2), Residual(e), Residual(e))
        self.merge16, self.up16 = Merge(d, e), _conv(d, d)
        self.merge8, self.up8 = Merge(c, d), _conv(c, c)
        self.merge4 = Merge(b, c)
        self.scores = nn.ModuleList([nn.Conv2d(n, classes + 1, 1) for n in (e, d, c, b)])
        self.cells = nn.Conv2d(d, len(ANCHORS) * (5 + classes), 1)
        with torch.no_grad():
            self.cells.bias.view(len(ANCHORS), -1)[:, 4] = -4.0  # most boxes hold nothing

    def forward(self, x: Tensor) -> Scene:
        f4 = self.to4(x)  # (N, 32, H / 4, W / 4)
        f8 = self.to8(f4)
        f16 = self.to16(f8)
        f32 = self.to32(f16)
        p16 = self.up16(self.merge16(f16, f32))
        p8 = self.up8(self.merge8(f8, p16))
        p4 = self.merge4(f4, p8)
        terms = [self.scores[0](f32)]
        for score, feature in zip(self.scores[1:], (p16, p8, p4), strict=True):
            terms.append(score(feature) + enlarge(terms[-1], 2))
        cells = self.cells(p16)
        n, _, rows, columns = cells.shape
        return Scene(tuple(terms), cells.view(n, len(ANCHORS), -1, rows, columns))
