"""Noise on pictures: Gaussian, salt and pepper, and a hole in which nothing is known.

Vincent et al. (2010), Stacked denoising autoencoders, section 3.3,
https://www.jmlr.org/papers/v11/vincent10a.html
"""

import torch
from torch import Tensor

UNKNOWN = 0.5  # the grey of a hole: neither ink nor paper


def gaussian(x: Tensor, deviation: Tensor | float, generator: torch.Generator) -> Tensor:
    """Return x plus normal noise of a deviation in grey, cut to [0, 1]."""
    noise = torch.randn(x.shape, generator=generator)
    return (x + deviation * noise).clamp(0, 1)


def salt_and_pepper(x: Tensor, share: Tensor | float, generator: torch.Generator) -> Tensor:
    """Return x with a share of its pixels set to 0 or 1, each as likely."""
    hit = torch.rand(x.shape, generator=generator)
    return torch.where(hit < share, (hit < share / 2).to(x.dtype), x)


def hole(x: Tensor, where: Tensor) -> Tensor:
    """Return x with the grey of nothing known where a mask of bool, as large as x, is true."""
    return torch.where(where, UNKNOWN, x)


def discs(n: int, side: int, radius: tuple[float, float], generator: torch.Generator) -> Tensor:
    """Return masks (n, 1, side, side), true in a disc of random place and radius in pixels."""
    cx, cy, r = torch.rand(3, n, 1, 1, generator=generator)
    r = radius[0] + (radius[1] - radius[0]) * r
    y, x = torch.meshgrid(*2 * (torch.arange(side) + 0.5,), indexing="ij")
    return ((x - side * cx).square() + (y - side * cy).square() < r.square())[:, None]
