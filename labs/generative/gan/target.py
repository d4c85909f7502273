"""Distributions on the plane that a generator should learn: known shapes, or ink of a drawing."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import torch
from PIL import Image
from torch import Tensor

TIGHT = 0.04  # deviation of a Gaussian of a mixture
EDGE = 0.85  # drawn ink lies in [-EDGE, EDGE] twice
PIXELS = 64  # along each side of a drawing whose ink is thrown from
Draw = Callable[[int, torch.Generator], Tensor]  # how many -> (2, n)


@dataclass(frozen=True)
class Target:
    """A distribution: `draw(n, generator)` gives points (2, n); its modes, if they are known."""

    draw: Draw
    modes: Tensor | None = None  # (2, K), the centres


def mixture(centres: Tensor, deviation: float = TIGHT) -> Target:
    """Return equal Gaussians around centres (2, K)."""

    def draw(n: int, generator: torch.Generator) -> Tensor:
        chosen = torch.randint(centres.shape[1], (n,), generator=generator)
        return centres[:, chosen] + deviation * torch.randn(2, n, generator=generator)

    return Target(draw, centres)


def around(k: int, radius: float = 0.7) -> Tensor:
    """Return k places on a circle, (2, k)."""
    angle = 2 * math.pi * torch.arange(k) / k
    return radius * torch.stack([angle.cos(), angle.sin()])


def squares(side: int) -> Tensor:
    """Return side² places on a square grid, (2, side²)."""
    at = torch.linspace(-0.7, 0.7, side)
    return torch.cartesian_prod(at, at).T.contiguous()


def _ring(n: int, generator: torch.Generator) -> Tensor:
    angle = 2 * math.pi * torch.rand(n, generator=generator)
    radius = 0.7 + 0.03 * torch.randn(n, generator=generator)
    return radius * torch.stack([angle.cos(), angle.sin()])


def _disc(n: int, generator: torch.Generator) -> Tensor:
    angle = 2 * math.pi * torch.rand(n, generator=generator)
    return 0.7 * torch.rand(n, generator=generator).sqrt() * torch.stack([angle.cos(), angle.sin()])


def _line(n: int, generator: torch.Generator) -> Tensor:
    along = 1.5 * torch.rand(n, generator=generator) - 0.75
    return torch.stack([along, 0.6 * along]) + 0.03 * torch.randn(2, n, generator=generator)


def _moons(n: int, generator: torch.Generator) -> Tensor:
    angle = math.pi * torch.rand(n, generator=generator)
    upper = 0.6 * torch.stack([angle.cos() - 0.5, angle.sin() - 0.25])
    sign = torch.where(torch.rand(n, generator=generator) < 0.5, 1.0, -1.0)
    return sign * upper + 0.03 * torch.randn(2, n, generator=generator)


TARGETS: Mapping[str, Target] = {
    "ring": Target(_ring),
    "8 Gaussians": mixture(around(8)),
    "25 Gaussians": mixture(squares(5), 0.03),
    "2 moons": Target(_moons),
    "line": Target(_line),
    "disc": Target(_disc),
}


def of_ink(picture: Image.Image) -> Target | None:
    """Return the distribution of a drawing's ink, as likely as it is dark; None without ink."""
    small = np.asarray(picture.resize((PIXELS, PIXELS), Image.Resampling.BOX), np.float32)
    weights = torch.from_numpy(small.flatten() / 255)
    if weights.sum() < 0.5:
        return None

    def draw(n: int, generator: torch.Generator) -> Tensor:
        cell = torch.multinomial(weights, n, True, generator=generator)
        place = torch.stack([cell % PIXELS, cell.div(PIXELS, rounding_mode="floor")]).float()
        place = (place + torch.rand(2, n, generator=generator)) / PIXELS * 2 - 1
        return EDGE * place * torch.tensor([[1.0], [-1.0]])

    return Target(draw)
