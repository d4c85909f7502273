"""Corners: where the gradients of a window point in more than one direction.

Harris & Stephens, "A combined corner and edge detector", Alvey Vision Conference 1988,
https://doi.org/10.5244/C.2.23.  As in scikit-image, the picture lies on black.
"""

import math

import torch
from torch import Tensor

from labs.vision.features.gradient import smooth, sobel


def structure_tensor(x: Tensor, sigma: float) -> Tensor:
    """Return the mean product of the gradient with itself around every pixel: (3, H, W).

    x: (1, 1, H, W).  sigma: width in pixels of the Gaussian window of the mean.  The three are the
    entries of a symmetric matrix: right times right, right times down, down times down.
    """
    right, down = sobel(x, "constant")
    products = (right * right, right * down, down * down)
    return torch.cat([smooth(p, sigma) for p in products])[:, 0]


def eigenvalues(m: Tensor) -> Tensor:
    """Return the two eigenvalues of every matrix of m: (3, H, W), the larger first: (2, H, W)."""
    a, b, c = m
    middle, spread = (a + c) / 2, (((a - c) / 2).square() + b.square()).sqrt()
    return torch.stack([middle + spread, middle - spread])


def response(m: Tensor, k: float) -> Tensor:
    """Return det - k trace² of every matrix of m: (3, H, W), as (H, W): above 0 at a corner, below
    it on an edge, 0 where nothing is.
    """
    a, b, c = m
    return a * c - b * b - k * (a + c).square()


def ellipse(a: float, b: float, c: float, places: int = 90) -> Tensor:
    """Return the ellipse of a structure tensor in the plane of gradients: (2, places).

    Its half axes lie along the eigenvectors and are the roots of the eigenvalues long: the spread
    of the window's gradients about 0.
    """
    values, vectors = torch.linalg.eigh(torch.tensor([[a, b], [b, c]], dtype=torch.float64))
    turn = torch.linspace(0, 2 * math.pi, places, dtype=torch.float64)
    circle = torch.stack([turn.cos(), turn.sin()])
    return vectors @ (values.clamp_min(0).sqrt()[:, None] * circle)
