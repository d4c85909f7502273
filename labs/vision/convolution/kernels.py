"""The classic kernels, and what a kernel can be told from: its rank and its frequency response.

Gonzalez & Woods, "Digital image processing"; the Gabor filter after Daugman (1985),
https://doi.org/10.1364/JOSAA.2.001160
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import torch
from torch import Tensor

SIZES = (1, 7)  # taps a side
RESPONSE = 33  # frequencies a side of the response
RANK_AT = 1e-4  # share of the largest singular value below which one counts as 0
FINE = 15  # points along a pixel of the motion's line


@dataclass(frozen=True)
class Shape:
    """What the kernels with a formula depend on."""

    size: int = 3  # taps a side
    sigma: float = 1.0  # pixels
    angle: float = 0.0  # degrees, counter-clockwise
    wavelength: float = 4.0  # pixels


def rows(*lines: str, scale: float = 1.0) -> Tensor:
    """Return a kernel from its rows, e.g. rows("1 0 -1", "2 0 -2", "1 0 -1")."""
    return torch.tensor([[float(v) for v in line.split()] for line in lines]) * scale


def grid(size: int) -> tuple[Tensor, Tensor]:
    """Return x (to the right) and y (upwards) of every tap, (size, size), 0 in the middle."""
    at = torch.arange(size) - (size - 1) / 2
    return at.expand(size, size), -at[:, None].expand(size, size)


def box(shape: Shape) -> Tensor:
    """Return the mean over the window."""
    return torch.full((shape.size, shape.size), 1 / shape.size**2)


def gaussian(shape: Shape) -> Tensor:
    """Return a Gaussian of width sigma that sums to 1."""
    x, y = grid(shape.size)
    bell = torch.exp(-(x**2 + y**2) / (2 * shape.sigma**2))
    return bell / bell.sum()


def laplacian_of_gaussian(shape: Shape) -> Tensor:
    """Return the Laplacian of a Gaussian, sign turned so that bright spots are positive; sum 0."""
    x, y = grid(shape.size)
    r2 = (x**2 + y**2) / (2 * shape.sigma**2)
    hat = (1 - r2) * torch.exp(-r2)
    hat = hat - hat.mean()
    return hat / hat.abs().max().clamp_min(1e-6)


def gabor(shape: Shape) -> Tensor:
    """Return a wave of `wavelength` along `angle` under a Gaussian of width sigma."""
    x, y = grid(shape.size)
    turn = math.radians(shape.angle)
    along = x * math.cos(turn) + y * math.sin(turn)
    bell = torch.exp(-(x**2 + y**2) / (2 * shape.sigma**2))
    return bell * torch.cos(2 * math.pi * along / shape.wavelength)


def wave_place(shape: Shape) -> tuple[float, float]:
    """Return where on the frequency response a Gabor's wave lies: (u, v) in the unit square.

    The middle is frequency 0 and the rim half a cycle a pixel; v runs downwards.
    """
    turn = math.radians(shape.angle)
    return 0.5 + math.cos(turn) / shape.wavelength, 0.5 - math.sin(turn) / shape.wavelength


def wave_at(u: float, v: float) -> tuple[float, float]:
    """Return the angle (-90 to 90 degrees) and the wavelength (pixels) of the wave at a place."""
    across, up = u - 0.5, 0.5 - v
    if across < 0 or (across == 0 and up < 0):  # a wave has two opposite places
        across, up = -across, -up
    return math.degrees(math.atan2(up, across)), 1 / max(math.hypot(across, up), 1e-3)


def motion(shape: Shape) -> Tensor:
    """Return the blur of a straight movement at `angle` across the kernel; it sums to 1."""
    turn = math.radians(shape.angle)
    reach = (shape.size - 1) / 2
    at = torch.linspace(-reach, reach, FINE * shape.size)
    middle = (shape.size - 1) / 2
    column = (middle + at * math.cos(turn)).round().long().clamp(0, shape.size - 1)
    row = (middle - at * math.sin(turn)).round().long().clamp(0, shape.size - 1)
    kernel = torch.zeros(shape.size, shape.size)
    kernel.index_put_((row, column), torch.ones(len(at)), accumulate=True)
    return kernel / kernel.sum()


FORMULAS: Mapping[str, Callable[[Shape], Tensor]] = MappingProxyType(
    {
        "box": box,
        "gaussian": gaussian,
        "log": laplacian_of_gaussian,
        "motion": motion,
        "gabor": gabor,
    }
)
FIXED: Mapping[str, Tensor] = MappingProxyType(
    {
        "identity": rows("0 0 0", "0 1 0", "0 0 0"),
        "edge1": rows("1 0 -1", "0 0 0", "-1 0 1"),
        "edge2": rows("0 1 0", "1 -4 1", "0 1 0"),
        "edge3": rows("-1 -1 -1", "-1 8 -1", "-1 -1 -1"),
        "sharpen": rows("0 -1 0", "-1 5 -1", "0 -1 0"),
        "binomial": rows("1 2 1", "2 4 2", "1 2 1", scale=1 / 16),
        "sobel_x": rows("-1 0 1", "-2 0 2", "-1 0 1"),
        "sobel_y": rows("1 2 1", "0 0 0", "-1 -2 -1"),
        "emboss": rows("-2 -1 0", "-1 1 1", "0 1 2"),
        "lecture": rows("1 0 1", "0 1 0", "1 0 1"),
    }
)
NAMES = (*FIXED, *FORMULAS)


def preset(name: str, shape: Shape) -> Tensor:
    """Return the kernel `name` at shape.size: by its formula, or its 3 x 3 rows made to fit.

    Raises ValueError for an unknown name.
    """
    if name in FORMULAS:
        return FORMULAS[name](shape)
    if name not in FIXED:
        raise ValueError(f"there is no kernel {name!r}; there are {', '.join(NAMES)}")
    return resize(FIXED[name], shape.size)


def resize(kernel: Tensor, size: int) -> Tensor:
    """Return kernel (m, m) with zeros around it or its rim cut away: (size, size)."""
    result = torch.zeros(size, size)
    m = len(kernel)
    small, large = min(m, size), max(m, size)
    start = (large - small) // 2
    inner = slice(start, start + small)
    if size >= m:
        result[inner, inner] = kernel
    else:
        result.copy_(kernel[inner, inner])
    return result


def normalise(kernel: Tensor) -> Tensor:
    """Return kernel divided by its sum, or where that is 0, by the sum of its absolute values."""
    total = kernel.sum()
    if total.abs() < 1e-6:
        total = kernel.abs().sum()
    return kernel / total if total.abs() > 1e-6 else kernel.clone()


@dataclass(frozen=True)
class Separation:
    """A kernel as a sum of column times row: as many as its rank."""

    rank: int
    values: Tensor  # (m,), the singular values
    column: Tensor  # (m,), of the largest
    row: Tensor  # (m,)

    def products(self, size: int) -> int:
        """Return the products a pixel costs when every term is done as two passes."""
        return self.rank * 2 * size


def separate(kernel: Tensor) -> Separation:
    """Return the rank of a kernel (m, m) by its singular values, and its first two factors."""
    u, s, v = torch.linalg.svd(kernel)
    rank = int((s > RANK_AT * s[0].clamp_min(1e-12)).sum())
    root = s[0].sqrt()
    sign = -1.0 if u[:, 0].sum() < 0 else 1.0  # of the two ways to share a sign, the readable one
    return Separation(rank, s, sign * root * u[:, 0], sign * root * v[0])


def response(kernel: Tensor, side: int = RESPONSE) -> Tensor:
    """Return how strongly the kernel passes each frequency: (side, side), not negative.

    The middle is frequency 0, the rim half a cycle a pixel; rows are vertical frequencies.
    """
    return torch.fft.fftshift(torch.fft.fft2(kernel, s=(side, side)).abs())
