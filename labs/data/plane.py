"""Points on the plane [-1, 1] x [-1, 1], with a class or a number each.

Every generator is `f(n, noise, generator) -> Points`; noise runs from 0 to 1, and 0 gives clean
shapes.  What noise would push off the plane stays at its edge.  Same arguments, same points.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True)
class Points:
    """x: (2, N).  y: (N,), the class 0..classes-1, or with classes = 0 a number in [-1, 1]."""

    x: Tensor
    y: Tensor
    classes: int

    def __len__(self) -> int:
        """How many points there are."""
        return self.x.shape[1]


Make = Callable[[int, float, torch.Generator], Points]


def _uniform(low: float, high: float, n: int, generator: torch.Generator) -> Tensor:
    return low + (high - low) * torch.rand(n, generator=generator)


def _moved(x: Tensor, noise: float, generator: torch.Generator, most: float = 0.25) -> Tensor:
    return (x + noise * most * torch.randn(x.shape, generator=generator)).clamp(-1, 1)


def _around(radius: Tensor, angle: Tensor) -> Tensor:
    return torch.stack([radius * angle.cos(), radius * angle.sin()])


def circle(n: int, noise: float, generator: torch.Generator) -> Points:
    """A disc within a ring."""
    return rings(2)(n, noise, generator)


def xor(n: int, noise: float, generator: torch.Generator) -> Points:
    """Four quadrants; a point's class is whether its coordinates have the same sign."""
    x = 0.9 * (2 * torch.rand(2, n, generator=generator) - 1)
    x = x + 0.06 * x.sign()  # a gap between the quadrants
    y = (x[0] * x[1] > 0).long()
    return Points(_moved(x, noise, generator), y, 2)


def gaussians(n: int, noise: float, generator: torch.Generator) -> Points:
    """Two clouds, which noise widens."""
    y = torch.arange(n) % 2
    centre = torch.stack([2 * y - 1, 2 * y - 1]) * 0.4
    return Points(_moved(centre, 0.12 + 0.3 * noise, generator, 1.0), y, 2)


def spiral(n: int, noise: float, generator: torch.Generator) -> Points:
    """Two arms around each other, one turn and a bit."""
    y = torch.arange(n) % 2
    t = (torch.arange(n) // 2) / max(1, n // 2)
    x = _around(0.06 + 0.86 * t, 1.1 * t * 2 * math.pi + y * math.pi)
    return Points(_moved(x, noise, generator, 0.15), y, 2)


def moons(n: int, noise: float, generator: torch.Generator) -> Points:
    """Two half moons, each holding the end of the other."""
    y = torch.arange(n) % 2
    angle = _uniform(0, math.pi, n, generator)
    upper = torch.stack([angle.cos() - 0.5, angle.sin() - 0.25])
    x = torch.where(y.bool(), upper, -upper) * 0.6
    return Points(_moved(x, noise, generator), y, 2)


def blobs(classes: int) -> Make:
    """Return the generator of so many clouds around the middle."""

    def make(n: int, noise: float, generator: torch.Generator) -> Points:
        y = torch.arange(n) % classes
        centre = _around(torch.full((n,), 0.6), 2 * math.pi * y / classes + 0.5)
        return Points(_moved(centre, 0.1 + 0.22 * noise, generator, 1.0), y, classes)

    return make


def rings(classes: int) -> Make:
    """Return the generator of so many rings within one another."""

    def make(n: int, noise: float, generator: torch.Generator) -> Points:
        y = torch.arange(n) % classes
        within = 0.15 + 0.6 * torch.rand(n, generator=generator)  # a gap between the rings
        x = _around(0.95 * (y + within) / classes, _uniform(0, 2 * math.pi, n, generator))
        return Points(_moved(x, noise, generator), classes - 1 - y, classes)

    return make


def slope(n: int, noise: float, generator: torch.Generator) -> Points:
    """A number that rises along the diagonal."""
    x = 2 * torch.rand(2, n, generator=generator) - 1
    return Points(x, _moved(x.mean(0), noise, generator, 0.4), 0)


def hills(n: int, noise: float, generator: torch.Generator) -> Points:
    """A number with three hills and three hollows."""
    x = 2 * torch.rand(2, n, generator=generator) - 1
    y = torch.zeros(n)
    for k in range(6):
        angle = torch.tensor(2 * math.pi * k / 6)
        centre = 0.6 * torch.stack([angle.cos(), angle.sin()])[:, None]
        y += (1 if k % 2 else -1) * torch.exp(-((x - centre) ** 2).sum(0) / 0.05)
    return Points(x, _moved(y, noise, generator, 0.4), 0)


DATA: dict[str, Make] = {
    "circle": circle, "xor": xor, "gaussians": gaussians, "spiral": spiral, "moons": moons,
    "3 blobs": blobs(3), "4 blobs": blobs(4), "5 blobs": blobs(5), "3 rings": rings(3),
    "4 rings": rings(4), "5 rings": rings(5), "slope": slope, "hills": hills,
}  # fmt: skip
