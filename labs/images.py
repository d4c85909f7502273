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
from scipy.ndimage import maximum_filter
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
FINE = 80  # side of the box in which strokes are measured; four times MNIST's 20
RIM = 8  # pixels around that box, into which a stroke may grow
CANVAS = FINE + 2 * RIM
POOL = np.kron(np.eye(CANVAS // 4), np.full((1, 4), 1 / 4)).astype(np.float32)  # means of four
FAINT = 0.1  # of full ink; what is fainter is none
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


def as_mnist(ink: Tensor) -> Tensor:
    """Return ink: (1, 1, H, W), white (1) on black (0), as MNIST would have it: (1, 1, 28, 28).

    Cropped, scaled into 20 x 20 and centred by its mass.  Strokes too thin to survive the scaling
    are thickened first.  Without ink, black.
    """
    return place_as_mnist(to_picture(ink))[0]


def to_picture(ink: Tensor) -> Image.Image:
    """Return ink (1, 1, H, W) in [0, 1] as a grey picture; what is fainter than FAINT is none."""
    grey = torch.where(ink[0, 0] > FAINT, ink[0, 0], 0)
    return Image.fromarray((grey * 255).round().to(torch.uint8).numpy())


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


def place_as_mnist(picture: Image.Image) -> tuple[Tensor, Placement]:
    """Return the digit (1, 1, 28, 28) that `as_mnist` makes of a grey picture of ink, and where on
    the picture its pixels lie.
    """
    # Pillow and NumPy: on pictures this small, torch's bookkeeping would take most of the time
    box = picture.getbbox()
    if box is None:
        return torch.zeros(1, 1, 28, 28), Placement(0, 0, picture.width / 28)
    left, top, right, bottom = box
    scale = FINE / max(bottom - top, right - left)
    width, height = max(1, round((right - left) * scale)), max(1, round((bottom - top) * scale))
    canvas = np.zeros((CANVAS, CANVAS), np.float32)
    fine = picture.resize((width, height), Image.Resampling.BOX, box=box)
    canvas[RIM : RIM + height, RIM : RIM + width] = fine
    canvas, reach = thicken_thin(canvas / max(canvas.max(), 1e-6))
    small = POOL @ canvas @ POOL.T
    cells = len(small)
    rim = RIM // 4 - math.ceil(reach / 4)  # empty cells before the ink
    y = _centre(small.sum(1), rim, RIM // 4 + math.ceil((height + reach) / 4))
    x = _centre(small.sum(0), rim, RIM // 4 + math.ceil((width + reach) / 4))
    image = np.zeros((28 + 2 * cells, 28 + 2 * cells), np.float32)
    image[cells + y : 2 * cells + y, cells + x : 2 * cells + x] = small
    image = np.ascontiguousarray(image[cells:-cells, cells:-cells])
    step = 4 / scale
    origin = Placement(top - (y + RIM // 4) * step, left - (x + RIM // 4) * step, step)
    return torch.from_numpy(image)[None, None], origin


def _centre(mass: np.ndarray, first: int, end: int) -> int:
    """Where cell 0 belongs among 28, so that the mass, in cells first..end, has its centre in the
    middle and all of it is inside.
    """
    middle = float(mass @ np.arange(len(mass)) / mass.sum())
    return min(max(round(13.5 - middle), -first), 28 - end)


def thicken_thin(ink: np.ndarray) -> tuple[np.ndarray, int]:
    """Return ink: (H, W) with hairlines dilated to a usual stroke, others as they are, and by how
    many pixels they grew on each side.  The ink must be so far from the edge.
    """
    area = ink.sum()
    inner = np.minimum(np.minimum(ink[:-2], ink[1:-1]), ink[2:])
    inner = np.minimum(np.minimum(inner[:, :-2], inner[:, 1:-1]), inner[:, 2:])
    outline = max(area - inner.sum(), 1e-6)  # its length, about
    stroke = 2 * area / outline
    if stroke >= THIN:
        return ink, 0
    reach = round((USUAL - stroke) / 2)
    return maximum_filter(ink, 2 * reach + 1, mode="constant"), reach
