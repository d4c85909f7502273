"""Canny's edges, step by step: blur, gradient, thinning, two thresholds, hysteresis.

Canny, "A computational approach to edge detection", IEEE PAMI 8 (1986),
https://doi.org/10.1109/TPAMI.1986.4767851.  As in scikit-image, the blur is divided by the share
of its weights that lies inside the picture, and the outermost pixels are no edges.
"""

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from scipy import ndimage
from torch import Tensor

from labs.vision.features.gradient import smooth, sobel


@dataclass(frozen=True)
class Canny:
    """Every stage, each (1, 1, H, W)."""

    blurred: Tensor
    right: Tensor  # the gradient's two parts
    down: Tensor
    magnitude: Tensor
    ahead: Tensor  # the magnitude one step along the gradient, and one against it
    behind: Tensor
    thinned: Tensor  # the magnitude where it is the largest of the three, else 0
    weak: Tensor  # bool: thinned and at least the lower threshold
    strong: Tensor  # bool: at least the upper one
    edges: Tensor  # bool: strong, or weak and joined to a strong one through weak ones


def canny(x: Tensor, sigma: float, low: float, high: float) -> Canny:
    """Return the stages for a grey picture x: (1, 1, H, W) in [0, 1].

    sigma: of the blur, in pixels.  low, high: thresholds of the gradient's size, low <= high.
    """
    inside = smooth(torch.ones_like(x), sigma)
    blurred = smooth(x, sigma) / (inside + torch.finfo(x.dtype).eps)
    right, down = sobel(blurred)
    magnitude = (right.square() + down.square()).sqrt()
    ahead, behind = along(magnitude, right, down)
    largest = (magnitude >= ahead) & (magnitude >= behind) & (magnitude > 0)
    largest[..., [0, -1], :] = largest[..., [0, -1]] = False
    thinned = torch.where(largest, magnitude, 0.0)
    weak = largest & (magnitude >= low)
    strong = largest & (magnitude >= max(low, high))
    edges = joined(weak, strong)
    return Canny(blurred, right, down, magnitude, ahead, behind, thinned, weak, strong, edges)


def along(magnitude: Tensor, right: Tensor, down: Tensor) -> tuple[Tensor, Tensor]:
    """Return the magnitude one step along the gradient and one against it, both (1, 1, H, W).

    A step is 1 pixel long on the axis that the gradient is nearer to; where it ends between two
    pixels, their values are mixed.  Beyond the rim lies 0.
    """
    upright = down.abs() > right.abs()
    steps = torch.where(upright, down, right)  # on the nearer axis
    share = torch.where(upright, right, down).abs() / steps.abs().clamp_min(1e-300)
    padded = F.pad(magnitude, (1, 1, 1, 1))
    height, width = magnitude.shape[-2:]

    def at(dy: Tensor, dx: Tensor) -> Tensor:
        """The magnitude of the neighbour at offsets of -1, 0 or 1."""
        rows = torch.arange(height)[:, None] + 1 + dy[0, 0]
        cols = torch.arange(width) + 1 + dx[0, 0]
        return padded[0, 0, rows, cols][None, None]

    dx, dy = right.sign().long(), down.sign().long()
    none = torch.zeros_like(dx)
    found = []
    for way in (1, -1):
        straight = at(way * torch.where(upright, dy, none), way * torch.where(upright, none, dx))
        slanted = at(way * dy, way * dx)
        found.append(slanted * share + straight * (1 - share))
    return found[0], found[1]


def joined(weak: Tensor, strong: Tensor) -> Tensor:
    """Return the weak pixels (1, 1, H, W) from which a path of weak ones leads to a strong one."""
    parts, _ = ndimage.label(weak[0, 0].numpy(), torch.ones(3, 3).numpy())
    parts = torch.from_numpy(parts).long()
    kept = torch.zeros(int(parts.max()) + 1, dtype=torch.bool)
    kept[parts[strong[0, 0]]] = True
    kept[0] = False  # 0 is what belongs to no part
    return kept[parts][None, None]
