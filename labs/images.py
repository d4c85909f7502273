"""Pictures from strangers: any file to a tensor, any photograph of writing to its ink."""

import io
import math
import struct
import warnings

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image, ImageOps
from torch import Tensor

# Pillow warns of what is refused or mended here.  Once for the process: threads share its filters.
warnings.filterwarnings("ignore", module=r"PIL\.")

MAX_BYTES = 20_000_000
MAX_PIXELS = 24_000_000  # about 300 MB as numbers, while it is being shrunk
FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "PPM", "ICO", "AVIF")
# What Pillow's readers raise when a file does not keep its format's word.
BROKEN = (
    OSError, SyntaxError, ValueError, EOFError, LookupError, TypeError, ArithmeticError,
    MemoryError, struct.error,
)  # fmt: skip


def decode(data: bytes) -> Tensor:
    """Return the picture in `data`: (1, C, H, W) in [0, 1], C = 1 for grey and 3 for colour.

    Rotated as its EXIF says; transparency lies on white; of an animation, the first frame.
    Raises ValueError, one plain sentence, for anything that is no picture or too large.
    """
    if len(data) > MAX_BYTES:
        raise ValueError(
            f"The file has {len(data) / 1e6:.0f} MB; pictures up to {MAX_BYTES / 1e6:.0f} MB work."
        )
    size = ""
    try:
        picture = Image.open(io.BytesIO(data), formats=FORMATS)
        width, height = picture.size
        size = f" ({width} x {height} pixels)"
        small = width * height <= MAX_PIXELS
        if small:
            picture = ImageOps.exif_transpose(picture)  # reads the pixels
    except Image.DecompressionBombError:
        small = False
    except Image.UnidentifiedImageError:
        raise ValueError(
            "The file is not a picture that can be read (PNG, JPEG, WebP, …)."
        ) from None
    except BROKEN:
        raise ValueError("The picture is damaged or cut short.") from None
    if not small:
        raise ValueError(
            f"The picture is too large{size}; up to {MAX_PIXELS // 10**6} megapixels work."
        )
    return _tensor(picture)


def _tensor(picture: Image.Image) -> Tensor:
    if picture.mode.startswith("I;16"):
        array = np.asarray(picture).astype(np.float32) / 65535
    elif picture.mode in ("I", "F"):
        array = np.asarray(picture).astype(np.float32)
        array = np.nan_to_num(array, posinf=0, neginf=0)
        full = 65535 if array.max(initial=0) > 255 else 255 if array.max(initial=0) > 1 else 1
        array = (array / full).clip(0, 1)
    else:
        grey = picture.mode in ("1", "L", "LA")
        if picture.has_transparency_data:
            picture = picture.convert("RGBA")
            white = Image.new("RGBA", picture.size, "white")
            picture = Image.alpha_composite(white, picture).convert("RGB")
        array = np.asarray(picture.convert("L" if grey else "RGB")).astype(np.float32) / 255
    if array.ndim == 2:
        array = array[..., None]
    return torch.from_numpy(np.ascontiguousarray(array.transpose(2, 0, 1)))[None]


def quantise(x: Tensor) -> Tensor:
    """Return x in [0, 1] rounded to the 256 levels that a file has."""
    return (x * 255).round() / 255


def to_grey(x: Tensor) -> Tensor:
    """Return x: (1, C, H, W) as (1, 1, H, W), weighted as the eye does (ITU-R BT.601)."""
    if x.shape[1] == 1:
        return x
    return (x * torch.tensor([0.299, 0.587, 0.114]).view(1, 3, 1, 1)).sum(1, keepdim=True)


def fit_within(x: Tensor, side: int) -> Tensor:
    """Return x: (1, C, H, W) shrunk so that its longer side is at most `side` pixels."""
    height, width = x.shape[-2:]
    if max(height, width) <= side:
        return x
    scale = side / max(height, width)
    size = (max(1, round(height * scale)), max(1, round(width * scale)))
    return F.interpolate(x, size, mode="area")


def ink_of(x: Tensor, side: int = 256) -> tuple[Tensor, bool]:
    """Return the ink of a picture x: (1, C, H, W), and whether it was dark ink on bright paper.

    The ink is (1, 1, side, side) in [0, 1], white on black; shadows on the paper are evened out.
    """
    grey = fit_within(to_grey(x), side)
    border = torch.cat([grey[..., 0, :], grey[..., -1, :], grey[..., 0], grey[..., -1]], dim=-1)
    dark_on_bright = bool(border.median() > 0.5)
    ink = 1 - grey if dark_on_bright else grey
    height, width = ink.shape[-2:]
    reach = max(3, (max(height, width) // 3) | 1)
    paper = -F.max_pool2d(-ink, 3, stride=1, padding=1)  # the darkest nearby: no ink in it
    paper = F.avg_pool2d(paper, reach, 1, reach // 2, count_include_pad=False)
    ink = (ink - paper).clamp_min(0)
    strongest = ink.flatten().kthvalue(max(1, math.ceil(0.995 * ink.numel()))).values
    ink = (ink / strongest.clamp_min(0.05)).clamp(0, 1)
    ink = ((ink - 0.35) / 0.4).clamp(0, 1)  # paper grain to 0, the stroke's body to 1
    left, top = (side - width) // 2, (side - height) // 2
    return F.pad(ink, (left, side - width - left, top, side - height - top)), dark_on_bright
