"""What the filters look at: photographs that need no network, the lecture's grid, and your own."""

from functools import cache

import torch.nn.functional as F
from torch import Tensor

from labs.data.photos import NAMES, photo
from labs.pictures import middle
from labs.vision.convolution.kernels import rows

SIDE = 512  # pixels of a photograph's side
READABLE = 14  # cells a side up to which a picture shows its numbers
GRID = rows("1 1 1 0 0", "0 1 1 1 0", "0 0 1 1 1", "0 0 1 1 0", "0 1 1 0 0")
SOURCES = (*NAMES, "grid")


@cache
def picture(name: str) -> Tensor:
    """Return the photograph `name` as a square (3, 512, 512), or the lecture's grid (1, 5, 5)."""
    return GRID[None] if name == "grid" else square(photo(name))


@cache
def shrunk(name: str, side: int) -> Tensor:
    """Return that square with `side` pixels a side: (1, 3, side, side)."""
    return F.interpolate(picture(name)[None], (side, side), mode="area")


def square(x: Tensor, side: int = SIDE) -> Tensor:
    """Return the middle of a picture x: (1, C, H, W) in [0, 1], as a square (3, side, side)."""
    x = middle(x.expand(1, 3, *x.shape[-2:]))
    if x.shape[-1] != side:
        x = F.interpolate(x, (side, side), mode="bilinear", antialias=True, align_corners=False)
    return x[0].clamp(0, 1).contiguous()
