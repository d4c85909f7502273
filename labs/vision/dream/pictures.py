"""Images as the eye gets them: bytes, and JPEG."""

import io
import math

import torch
import torch.nn.functional as F
from PIL import Image
from torch import Tensor


def as_bytes(image: Tensor) -> Tensor:
    """Return images in [0, 1] as whole numbers 0..255, rounded."""
    return (image.clamp(0, 1) * 255).round().to(torch.uint8)


def jpeg(image: Tensor, quality: int = 88) -> bytes:
    """Return image (1, 3, H, W), in [0, 1] or of bytes, as JPEG."""
    x = image if image.dtype == torch.uint8 else as_bytes(image)
    buffer = io.BytesIO()
    Image.fromarray(x[0].permute(1, 2, 0).contiguous().numpy()).save(
        buffer, "JPEG", quality=quality
    )
    return buffer.getvalue()


def sheet(tiles: Tensor, columns: int) -> Tensor:
    """Return tiles (N, 3, H, W) of bytes side by side: (1, 3, rows * H, columns * W)."""
    n, c, h, w = tiles.shape
    rows = math.ceil(n / columns)
    full = torch.full((rows * columns, c, h, w), 128, dtype=torch.uint8)
    full[:n] = tiles
    grid = full.view(rows, columns, c, h, w).permute(2, 0, 3, 1, 4)
    return grid.reshape(1, c, rows * h, columns * w)


def thumbnail(image: Tensor, side: int) -> Tensor:
    """Return the middle square of image (1, 3, H, W), as (1, 3, side, side)."""
    height, width = image.shape[-2:]
    edge = min(height, width)
    top, left = (height - edge) // 2, (width - edge) // 2
    return F.interpolate(
        image[..., top : top + edge, left : left + edge], (side, side), mode="area"
    )
