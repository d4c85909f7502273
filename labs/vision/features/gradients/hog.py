"""Histograms of oriented gradients: how strongly each cell of a picture changes in each direction.

Dalal & Triggs, "Histograms of oriented gradients for human detection", CVPR 2005,
https://doi.org/10.1109/CVPR.2005.177.  Blocks are normalised as theirs (L2-Hys); a pixel votes for
one direction, as in scikit-image, or for the two nearest.
"""

import math

import torch
import torch.nn.functional as F
from torch import Tensor

EPS = 1e-5
CLIP = 0.2  # of a normalised block


def differences(x: Tensor) -> tuple[Tensor, Tensor]:
    """Return how much x: (N, 1, H, W) grows over two pixels to the right and downwards; 0 at the
    rim.  Both (N, H, W).
    """
    right = F.pad(x[..., 2:] - x[..., :-2], (1, 1))
    down = F.pad(x[..., 2:, :] - x[..., :-2, :], (0, 0, 1, 1))
    return right[:, 0], down[:, 0]


def cells(x: Tensor, cell: int, directions: int = 9, *, mixed: bool = False) -> Tensor:
    """Return the histogram of every cell of x: (N, 1, H, W), as (N, directions, rows, columns).

    Each pixel votes with the size of its gradient for its direction, modulo 180 degrees; a cell's
    votes are divided by its pixels.  mixed: whether it votes for the two nearest directions, by
    nearness, which makes the histogram a continuous function of the picture.
    """
    right, down = differences(x)
    size = (right.square() + down.square() + 1e-24).sqrt() - 1e-12  # with a gradient at 0
    place = torch.atan2(down, right).remainder(math.pi) / math.pi * directions  # in bins
    bins = torch.arange(directions, dtype=x.dtype).view(1, -1, 1, 1)
    if mixed:
        away = (place[:, None] - 0.5 - bins).abs() % directions
        share = (1 - torch.minimum(away, directions - away)).clamp_min(0)
    else:
        share = (place.floor().clamp_max(directions - 1)[:, None] == bins).to(x.dtype)
    height, width = (side // cell * cell for side in x.shape[-2:])
    return F.avg_pool2d((share * size[:, None])[..., :height, :width], cell)


def blocks(histograms: Tensor) -> Tensor:
    """Return every block of 2 x 2 cells of (N, D, rows, columns), normalised, clipped at 0.2 and
    normalised again: (N, rows - 1, columns - 1, 2, 2, D).
    """
    b = histograms.unfold(2, 2, 1).unfold(3, 2, 1).permute(0, 2, 3, 4, 5, 1)

    def unit(v: Tensor) -> Tensor:
        return v / (v.square().sum((3, 4, 5), keepdim=True) + EPS**2).sqrt()

    return unit(unit(b).clamp_max(CLIP))


def hog(x: Tensor, cell: int = 16, directions: int = 9) -> Tensor:
    """Return the features of grey pictures x: (N, 1, H, W) in [0, 1], as (N, K)."""
    return blocks(cells(x, cell, directions)).flatten(1)


def glyphs(histograms: Tensor, cell: int, *, signed: bool = False) -> Tensor:
    """Return a picture of histograms (D, rows, columns), a star for each, as (1, H, W).

    A stroke of the star is as bright as its bin is large, and lies along the edge, across the
    gradient.  signed: the D bins share a full turn, the first of them to the right, and a stroke
    points where the gradient does.
    """
    d, rows, cols = histograms.shape
    place = torch.arange(cell).double() + 0.5 - cell / 2
    y, x = place[:, None], place
    bins = torch.arange(d).double()
    angle = bins * 2 * math.pi / d if signed else (bins + 0.5) * math.pi / d + math.pi / 2
    dx, dy = angle.cos().view(-1, 1, 1), angle.sin().view(-1, 1, 1)
    ahead, aside = x * dx + y * dy, (x * dy - y * dx).abs()
    inside = (ahead if signed else ahead.abs()) <= cell / 2 - 0.5
    inside &= ahead > (-0.5 if signed else -cell)
    stroke = ((1.1 - aside).clamp(0, 1) * inside).to(histograms.dtype)
    drawn = (histograms[..., None, None] * stroke[:, None, None]).amax(0)  # (rows, cols, s, s)
    return drawn.permute(0, 2, 1, 3).reshape(1, rows * cell, cols * cell)
