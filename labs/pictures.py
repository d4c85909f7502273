"""Pictures as tensors: as whole numbers, as files, side by side, their middle, their blur."""

import io
import math
from collections.abc import Sequence
from typing import Any

import torch
import torch.nn.functional as F
from PIL import Image
from torch import Tensor


def as_bytes(x: Tensor) -> Tensor:
    """Return x in [0, 1] as whole numbers 0..255, rounded; bytes stay as they are."""
    return x if x.dtype == torch.uint8 else (x * 255).round_().clamp_(0, 255).to(torch.uint8)


def picture(x: Tensor) -> Image.Image:
    """Return the first of x: (..., C, H, W), in [0, 1] or of bytes, as a grey or an RGB picture."""
    planes = [Image.fromarray(plane.numpy()) for plane in as_bytes(x[(0,) * (x.ndim - 3)])]
    return planes[0] if len(planes) == 1 else Image.merge("RGB", planes)


def jpeg(x: Tensor, quality: int = 88) -> bytes:
    """Return the picture x, as `picture` takes it, as JPEG."""
    return saved(picture(x), "JPEG", quality=quality)


def png(x: Tensor) -> bytes:
    """Return the picture x, as `picture` takes it, as PNG, made in little time."""
    return saved(picture(x), "PNG", compress_level=1)


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    """Return a picture as a file of Pillow's format `kind`."""
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def animated(images: Sequence[Tensor], *, each: int, last: int, comment: bytes = b"") -> bytes:
    """Return pictures, as `picture` takes them, as an endless GIF.

    each, last: milliseconds that a picture stays, and the last one.
    """
    first, *rest = (picture(x).convert("P", palette=Image.Palette.ADAPTIVE) for x in images)
    return saved(
        first, "GIF", save_all=True, append_images=rest, loop=0,
        duration=[each] * len(rest) + [last], comment=comment,
    )  # fmt: skip


def sheet(tiles: Tensor, columns: int) -> Tensor:
    """Return tiles (N, 3, H, W) of bytes side by side: (1, 3, rows * H, columns * W)."""
    n, c, h, w = tiles.shape
    rows = math.ceil(n / columns)
    full = torch.full((rows * columns, c, h, w), 128, dtype=torch.uint8)
    full[:n] = tiles
    grid = full.view(rows, columns, c, h, w).permute(2, 0, 3, 1, 4)
    return grid.reshape(1, c, rows * h, columns * w)


def middle(x: Tensor, side: int | None = None) -> Tensor:
    """Return the middle square of x: (..., H, W), `side` or the shorter side wide."""
    height, width = x.shape[-2:]
    side = side or min(height, width)
    top, left = (height - side) // 2, (width - side) // 2
    return x[..., top : top + side, left : left + side]


def blur(x: Tensor, sigma: float, *, border: str = "reflect", reach: float = 2.5) -> Tensor:
    """Return x: (N, C, H, W) blurred by a Gaussian, one axis after the other.

    border: a mode of `F.pad`.  reach: of the Gaussian, in sigmas.
    """
    channels = x.shape[1]
    for axis, shape in ((2, (1, 1, -1, 1)), (3, (1, 1, 1, -1))):
        cells = min(math.ceil(reach * sigma), x.shape[axis] - 1)  # a mirror shows no more
        away = torch.arange(-cells, cells + 1, dtype=x.dtype)
        kernel = torch.softmax(-away.square() / (2 * sigma**2), 0).view(shape)
        rim = (0, 0, cells, cells) if axis == 2 else (cells, cells, 0, 0)
        x = F.conv2d(
            F.pad(x, rim, mode=border), kernel.expand(channels, -1, -1, -1), groups=channels
        )
    return x
