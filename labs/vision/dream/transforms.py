"""Keeping a dream honest: it must please the network also when moved, turned, scaled or blurred.

Jitter, scale and rotation are one affine map, so the image is resampled once.
Olah, Mordvintsev & Schubert, https://distill.pub/2017/feature-visualization/#regularization
"""

import math
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from labs.pictures import blur


@dataclass(frozen=True)
class Transforms:
    """How far an image is moved before the network sees it; zero switches a part off."""

    jitter: float = 8.0  # pixels, either way
    scale: float = 0.05  # relative, either way
    rotation: float = 5.0  # degrees, either way
    blur: float = 0.0  # standard deviation in pixels

    def __call__(self, x: Tensor, generator: torch.Generator) -> Tensor:
        """Return x: (N, C, H, W), each image moved in its own random way, borders mirrored.

        Jitter alone shifts the whole batch by whole pixels, and what leaves comes back opposite.
        """
        n, _, height, width = x.shape
        if self.blur > 0:
            x = blur(x, self.blur)
        if not (self.jitter or self.scale or self.rotation):
            return x
        draw = torch.rand(4, n, generator=generator) * 2 - 1
        if not (self.scale or self.rotation):  # whole pixels need no resampling at all
            down, right = (draw[:2, 0] * self.jitter).round().int().tolist()
            return x.roll((down, right), (2, 3))
        zoom = 1 + self.scale * draw[2]
        angle = draw[3] * math.radians(self.rotation)
        cos, sin = angle.cos() / zoom, angle.sin() / zoom
        dx, dy = draw[0] * self.jitter * 2 / width, draw[1] * self.jitter * 2 / height
        ratio = height / width
        theta = torch.stack([cos, -sin * ratio, dx, sin / ratio, cos, dy], 1).view(n, 2, 3)
        grid = F.affine_grid(theta.to(x), list(x.shape), align_corners=False)
        return F.grid_sample(x, grid, padding_mode="reflection", align_corners=False)


def total_variation(x: Tensor) -> Tensor:
    """Return the mean absolute difference between neighbours: low for smooth images."""
    return _mean(x.diff(dim=-1).abs()) + _mean(x.diff(dim=-2).abs())


def _mean(x: Tensor) -> Tensor:
    return x.sum() / max(1, x.numel())  # 0 where a thin picture has no neighbours
