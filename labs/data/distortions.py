"""Distorted digits: the small rotations, stretches and trembles of other people's hands.

Simard, Steinkraus & Platt, "Best practices for convolutional neural networks applied to visual
document analysis" (ICDAR 2003), https://doi.org/10.1109/ICDAR.2003.1227801
"""

from dataclasses import astuple, dataclass

import torch
import torch.nn.functional as F
from torch import Tensor


@dataclass(frozen=True)
class Distortion:
    """How far a digit may be moved: each draw is uniform up to (or normal with) the given size."""

    rotation: float = 15.0  # degrees, either way
    scale: float = 0.15  # relative, each axis by itself
    shear: float = 0.2  # horizontal slant, either way
    shift: float = 2.0  # pixels, each axis
    elastic: float = 0.9  # pixels, standard deviation of the smooth displacement
    thickness: float = 0.5  # share of a one-pixel dilation or erosion

    def times(self, share: float) -> "Distortion":
        """Return the same kind of distortion, `share` as strong."""
        return Distortion(*(share * size for size in astuple(self)))


def distort(x: Tensor, how: Distortion, *, generator: torch.Generator) -> Tensor:
    """Return each image of x: (N, 1, H, W) moved, bent and thickened in its own random way.

    One resampling does rotation, scale, shear, shift and the elastic field together, so that the
    strokes are blurred once only.
    """
    n, _, height, width = x.shape

    def uniform(*shape: int) -> Tensor:
        return torch.rand(*shape, generator=generator) * 2 - 1  # in [-1, 1)

    angle = uniform(n) * how.rotation * torch.pi / 180
    cos, sin = angle.cos(), angle.sin()
    sx, sy = (1 + uniform(2, n) * how.scale).unbind()
    slant = uniform(n) * how.shear
    dx, dy = uniform(2, n) * how.shift * 2 / torch.tensor([[width], [height]])
    theta = torch.stack(
        [cos * sx, (slant - sin) * sx, dx, sin * sy, (cos + slant * sin) * sy, dy], dim=1
    ).view(n, 2, 3)
    grid = F.affine_grid(theta, list(x.shape), align_corners=False)  # (N, H, W, 2)
    coarse = torch.randn(n, 2, 6, 6, generator=generator) * how.elastic * 2 / width
    bend = F.interpolate(coarse, (height, width), mode="bicubic", align_corners=False)
    x = F.grid_sample(x, grid + bend.permute(0, 2, 3, 1), align_corners=False)
    return thicken(x, uniform(n, 1, 1, 1) * how.thickness)


def thicken(x: Tensor, amount: Tensor) -> Tensor:
    """Blend x: (N, 1, H, W) towards its 3 x 3 maximum (amount > 0) or minimum (amount < 0)."""
    thick = F.max_pool2d(x, 3, stride=1, padding=1)
    thin = -F.max_pool2d(-x, 3, stride=1, padding=1)
    return torch.where(amount > 0, x.lerp(thick, amount.abs()), x.lerp(thin, amount.abs()))
