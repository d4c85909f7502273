"""What the filters look at: photographs that need no network, the lecture's grid, and your own."""

import io
from functools import cache

import torch
import torch.nn.functional as F
from PIL import Image
from torch import Tensor

from labs.data.photos import NAMES, photo
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
    x = x.expand(1, 3, *x.shape[-2:])
    height, width = x.shape[-2:]
    short = min(height, width)
    top, left = (height - short) // 2, (width - short) // 2
    x = x[..., top : top + short, left : left + short]
    if short != side:
        x = F.interpolate(x, (side, side), mode="bilinear", antialias=True, align_corners=False)
    return x[0].clamp(0, 1).contiguous()


def luminance(x: Tensor) -> Tensor:
    """Return x: (C, H, W) as the eye's brightness (1, H, W) (ITU-R BT.601)."""
    if len(x) == 1:
        return x
    return (x * torch.tensor([0.299, 0.587, 0.114]).view(3, 1, 1)).sum(0, keepdim=True)


def jpeg(x: Tensor) -> bytes:
    """Return x: (3, H, W) or (1, H, W) clipped to [0, 1], as JPEG."""
    levels = x.mul(255).add_(0.5).clamp_(0, 255).byte().expand(3, -1, -1)
    planes = [Image.fromarray(plane.numpy()) for plane in levels]  # contiguous: a third of the time
    buffer = io.BytesIO()
    Image.merge("RGB", planes).save(buffer, "JPEG", quality=88)
    return buffer.getvalue()
