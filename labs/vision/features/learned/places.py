"""Where a map is strongest, and what the picture shows there.

Zeiler & Fergus, "Visualizing and understanding convolutional networks", ECCV 2014,
https://arxiv.org/abs/1311.2901, set the patches that excite a unit most beside it.
"""

import torch
import torch.nn.functional as F
from torch import Tensor

COUNT = 6
PATCH = 32  # pixels a side of a patch, as it is shown


def strongest(maps: Tensor, count: int) -> Tensor:
    """Return the `count` of maps (K, h, w) with the largest mean size: indices, strongest first."""
    return maps.abs().mean((1, 2)).argsort(descending=True)[:count]


def peaks(one: Tensor, count: int = COUNT) -> list[tuple[int, int]]:
    """Return the cells of a map (h, w) with the largest values, none beside another."""
    cells = F.max_pool2d(one[None, None], 3, 1, 1)[0, 0]
    alone = torch.where(one == cells, one, -torch.inf).flatten()
    best = alone.topk(min(count, int(torch.isfinite(alone).sum())))
    return [divmod(int(i), one.shape[1]) for i in best.indices]


def box(cell: tuple[int, int], stride: float, side: int) -> list[int]:
    """Return the square of the picture around a cell, three strides wide but 24 pixels at least, as
    top, left, bottom, right inside the picture.
    """
    wide = min(side, max(24, round(3 * stride)))
    top, left = (
        max(0, min(side - wide, round((at + 0.5) * stride - wide / 2))) for at in cell
    )  # fmt: skip
    return [top, left, top + wide, left + wide]


def patches(x: Tensor, boxes: list[list[int]]) -> Tensor:
    """Return these squares of a picture x: (1, 3, S, S) at one size: (N, 3, PATCH, PATCH)."""
    cut = [x[..., top:bottom, left:right] for top, left, bottom, right in boxes]
    size = (PATCH, PATCH)
    return torch.cat([F.interpolate(c, size, mode="bilinear", antialias=True) for c in cut])
