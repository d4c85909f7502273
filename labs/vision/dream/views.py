"""Images as the eye gets them: bytes, and JPEG."""

import io

import torch
from PIL import Image
from torch import Tensor


def as_bytes(image: Tensor) -> Tensor:
    """Return images in [0, 1] as whole numbers 0..255, rounded."""
    return (image.clamp(0, 1) * 255).round().to(torch.uint8)


def jpeg(image: Tensor, quality: int = 88) -> bytes:
    """Return image (1, 3, H, W), in [0, 1] or of bytes, as JPEG."""
    x = image if image.dtype == torch.uint8 else as_bytes(image)
    buffer = io.BytesIO()
    Image.fromarray(x[0].permute(1, 2, 0).numpy()).save(buffer, "JPEG", quality=quality)
    return buffer.getvalue()
