"""A drawing as MNIST would have it: cropped, scaled, centred, and not too thin.

The centring follows LeCun, Cortes & Burges, http://yann.lecun.com/exdb/mnist/: the ink is scaled
to fit 20 x 20 pixels and placed in 28 x 28 with its centre of mass in the middle.
"""

import math
from dataclasses import dataclass

import numpy as np
import torch
from PIL import Image
from scipy.ndimage import maximum_filter
from torch import Tensor

from labs.pictures import picture

FINE = 80  # side of the box in which strokes are measured; four times MNIST's 20
RIM = 8  # pixels around that box, into which a stroke may grow
CANVAS = FINE + 2 * RIM
POOL = np.kron(np.eye(CANVAS // 4), np.full((1, 4), 1 / 4)).astype(np.float32)  # means of four
FAINT = 0.1  # of full ink; what is fainter is none
THIN, USUAL = 6.0, 9.0  # stroke widths in that box: below THIN a stroke is thickened to USUAL


def as_mnist(ink: Tensor) -> Tensor:
    """Return ink: (1, 1, H, W), white (1) on black (0), as MNIST would have it: (1, 1, 28, 28).

    Cropped, scaled into 20 x 20 and centred by its mass.  Strokes too thin to survive the scaling
    are thickened first.  Without ink, black.
    """
    return place_as_mnist(to_picture(ink))[0]


def to_picture(ink: Tensor) -> Image.Image:
    """Return ink (1, 1, H, W) in [0, 1] as a grey picture; what is fainter than FAINT is none."""
    return picture(torch.where(ink > FAINT, ink, 0))


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
