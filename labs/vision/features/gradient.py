"""The gradient of a picture, on which edges, corners and histograms of directions rest."""

import torch
import torch.nn.functional as F
from torch import Tensor

from labs.pictures import blur

SOBEL = ((-1.0, 0.0, 1.0), (-2.0, 0.0, 2.0), (-1.0, 0.0, 1.0))  # left to right


def smooth(x: Tensor, sigma: float) -> Tensor:
    """Return x: (1, 1, H, W) under a Gaussian of width `sigma` pixels; beyond the rim lies 0."""
    if sigma == 0:
        return x
    cells = int(4 * sigma + 0.5)  # scikit-image cuts it off there
    return blur(x, sigma, border="constant", reach=(cells - 0.5) / sigma)


def sobel(x: Tensor, border: str = "replicate") -> tuple[Tensor, Tensor]:
    """Return how fast x: (1, 1, H, W) grows to the right and downwards, both (1, 1, H, W).

    Between 0 and 1 the gradient is at most 4: the weights of a side sum to 4.  border: a mode of
    `F.pad`, by which the picture goes on beyond its rim.
    """
    right = torch.tensor(SOBEL, dtype=x.dtype)
    kernels = torch.stack([right, right.T])[:, None]  # (2, 1, 3, 3)
    g = F.conv2d(F.pad(x, (1, 1, 1, 1), mode=border), kernels)
    return g[:, :1], g[:, 1:]
