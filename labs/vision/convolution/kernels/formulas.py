"""Kernels that a formula gives at any size.

Gonzalez & Woods, "Digital image processing"; the Gabor filter after Daugman (1985),
https://doi.org/10.1364/JOSAA.2.001160
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import torch
from torch import Tensor

FINE = 15  # points along a pixel of the motion's line


@dataclass(frozen=True)
class Shape:
    """What the kernels with a formula depend on."""

    size: int = 3  # taps a side
    sigma: float = 1.0  # pixels
    angle: float = 0.0  # degrees, counter-clockwise
    wavelength: float = 4.0  # pixels


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
