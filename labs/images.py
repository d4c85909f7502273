"""Pictures from strangers: any file to a tensor, any drawing to what an MNIST net expects.

The centring follows LeCun, Cortes & Burges, http://yann.lecun.com/exdb/mnist/: the ink is scaled
to fit 20 x 20 pixels and placed in 28 x 28 with its centre of mass in the middle.
"""

import io
import math
import struct
import warnings
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image, ImageOps
from torch import Tensor

MAX_BYTES = 20_000_000
MAX_PIXELS = 24_000_000  # about 300 MB as numbers, while it is being shrunk
FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "PPM", "ICO", "AVIF")
# What Pillow's readers raise when a file does not keep its format's word.
BROKEN = (
    OSError, SyntaxError, ValueError, EOFError, LookupError, TypeError, ArithmeticError,
    MemoryError, struct.error,
)  # fmt: skip
FINE = 80  # side of the box in which strokes are measured; four times MNIST's 20
THIN, USUAL = 6.0, 9.0  # stroke widths in that box: below THIN a stroke is thickened to USUAL


def decode(data: bytes) -> Tensor:
    """Return the picture in `data`: (1, C, H, W) in [0, 1], C = 1 for grey and 3 for colour.

    Rotated as its EXIF says; transparency lies on white; of an animation, the first frame.
    Raises ValueError, one plain sentence, for anything that is no picture or too large.
    """
    if len(data) > MAX_BYTES:
        raise ValueError(
            f"The file has {len(data) / 1e6:.0f} MB; pictures up to {MAX_BYTES / 1e6:.0f} MB work."
        )
    width = height = 0
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of what is refused or mended here
            picture = Image.open(io.BytesIO(data), formats=FORMATS)
            width, height = picture.size
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
            f"The picture is too large ({width} x {height} pixels); up to "
            f"{MAX_PIXELS // 10**6} megapixels work."
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


def as_mnist(ink: Tensor) -> Tensor:
    """Return ink: (1, 1, H, W), white (1) on black (0), as MNIST would have it: (1, 1, 28, 28).

    Cropped, scaled into 20 x 20 and centred by its mass.  Strokes too thin to survive the scaling
    are thickened first.  Without ink, black.
    """
    return place_as_mnist(ink)[0]


@dataclass(frozen=True)
class Placement:
    """Where a 28 x 28 digit came from: source = start + pixel * step, in the source's pixels."""

    top: float
    left: float
    step: float

    def box(self, top: float, left: float, bottom: float, right: float) -> tuple[float, ...]:
        """Return a box of the digit, in its pixels, as a box of the source, in its pixels."""
        return (
            self.top + top * self.step,
            self.left + left * self.step,
            self.top + bottom * self.step,
            self.left + right * self.step,
        )


def place_as_mnist(ink: Tensor) -> tuple[Tensor, Placement]:
    """Return `as_mnist(ink)` and where on `ink` its pixels lie."""
    present = ink[0, 0] > 0.1
    rows, columns = present.any(1).nonzero(), present.any(0).nonzero()
    if len(rows) == 0:
        return torch.zeros(1, 1, 28, 28), Placement(0, 0, ink.shape[-1] / 28)
    first_row, first_column = rows[0].item(), columns[0].item()
    box = ink[..., first_row : rows[-1] + 1, first_column : columns[-1] + 1]
    height, width = box.shape[-2:]
    scale = FINE / max(height, width)
    size = (max(1, round(height * scale)), max(1, round(width * scale)))
    larger = size[0] * size[1] > height * width
    fine = F.interpolate(box, size, mode="nearest" if larger else "area")
    fine, rim = thicken_thin(fine / fine.amax().clamp_min(1e-6))
    fine = F.pad(fine, (0, -fine.shape[-1] % 4, 0, -fine.shape[-2] % 4))
    small = F.avg_pool2d(fine, 4)[0, 0]  # 20 on its longer side, or a little more if thickened
    height, width = small.shape
    mass = small.sum()
    y = (small.sum(1) @ torch.arange(height, dtype=small.dtype) / mass).item()
    x = (small.sum(0) @ torch.arange(width, dtype=small.dtype) / mass).item()
    top = min(max(round(13.5 - y), 0), 28 - height)
    left = min(max(round(13.5 - x), 0), 28 - width)
    image = F.pad(small, (left, 28 - width - left, top, 28 - height - top))[None, None]
    step = 4 / scale
    start = rim / scale
    return image, Placement(
        first_row - start - top * step, first_column - start - left * step, step
    )


def thicken_thin(ink: Tensor) -> tuple[Tensor, int]:
    """Return ink: (1, 1, H, W) with hairlines dilated to a usual stroke, others as they are, and
    by how many pixels the picture grew on each side.
    """
    area = ink.sum()
    inner = -F.max_pool2d(-F.pad(ink, (1,) * 4), 3, stride=1)
    outline = (area - inner.sum()).clamp_min(1e-6)  # its length, about
    stroke = (2 * area / outline).item()
    if stroke >= THIN:
        return ink, 0
    reach = round((USUAL - stroke) / 2)
    wide = F.pad(ink, (reach,) * 4)
    return F.max_pool2d(wide, 2 * reach + 1, stride=1, padding=reach), reach
