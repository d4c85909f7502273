"""Curvature, and the largest learning rate that it bears.

Along an eigenvector of the Hessian with eigenvalue lambda a quadratic is one parabola, and a step
of gradient descent multiplies the distance from its bottom by 1 - eta lambda.  That shrinks as long
as eta < 2 / lambda; so the largest eigenvalue sets the limit.  With momentum mu the limit is
2 (1 + mu) / lambda (Polyak 1964), with Nesterov's 2 (1 + mu) / (lambda (1 + 2 mu)).
"""

import torch
from torch import Tensor

from labs.basics.optimizers.surfaces import Surface

SMALL = 1e-4  # step of the differences of gradients


def hessian(surface: Surface, point: Tensor) -> Tensor:
    """Return the second derivatives (2, 2) at a point (2,), by differences of gradients."""
    moves = SMALL * torch.eye(2, dtype=torch.float64)
    points = torch.cat([point + moves, point - moves])
    full = 10**9  # more than any batch: the exact gradient, and nothing is drawn
    g = surface.gradient(points, full, torch.Generator())
    h = (g[:2] - g[2:]) / (2 * SMALL)
    return (h + h.T) / 2


def curvatures(surface: Surface, point: Tensor) -> tuple[float, float]:
    """Return the eigenvalues of the Hessian at a point, the smaller one first."""
    low, high = torch.linalg.eigvalsh(hessian(surface, point)).tolist()
    return low, high


def limit(name: str, largest: float, mu: float = 0.0) -> float | None:
    """Return the largest stable learning rate, or None where no fixed rate is known.

    largest: the largest eigenvalue, positive.  Optimizers that scale the gradient have no such
    limit: their step does not grow with the curvature.
    """
    if largest <= 0:
        return None
    if name == "SGD":
        return 2 / largest
    if name == "momentum":
        return 2 * (1 + mu) / largest
    if name == "Nesterov":
        return 2 * (1 + mu) / (largest * (1 + 2 * mu))
    return None
