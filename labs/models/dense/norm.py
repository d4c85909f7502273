"""Batch normalisation, forward and backward.  Ioffe & Szegedy, https://arxiv.org/abs/1502.03167.

z: (..., units, N).  Each unit's z gets mean 0 and variance 1 over the batch, then a scale gamma and
a shift beta of its own.  After training the running mean and variance take the batch's place.
"""

from dataclasses import dataclass, field

import torch
from torch import Tensor

EPS = 1e-5
MOMENTUM = 0.1  # share of a new batch in the running statistics, as torch has it


@dataclass
class Running:
    """The statistics that stand in for a batch: mean and variance, (..., units, 1)."""

    mean: Tensor
    variance: Tensor = field(init=False)

    def __post_init__(self) -> None:
        """Begin with variance 1."""
        self.variance = torch.ones_like(self.mean)


@dataclass
class Normed:
    """What the backward pass needs: the normalised z, 1 / its deviation, and from what."""

    x: Tensor  # (..., units, N)
    inverse: Tensor  # (..., units, 1)
    by_batch: bool


def forward(z: Tensor, scale: Tensor, running: Running, training: bool) -> Normed:
    """Normalise z in place; scale: (..., 2, units) holds gamma and beta."""
    if training:
        mean, n = z.mean(-1, keepdim=True), z.shape[-1]
        variance = ((z - mean) ** 2).mean(-1, keepdim=True)
        running.mean.lerp_(mean, MOMENTUM)
        running.variance.lerp_(
            variance * (n / max(1, n - 1)), MOMENTUM
        )  # unbiased, as torch has it
    else:
        mean, variance = running.mean, running.variance
    inverse = (variance + EPS).rsqrt()
    x = (z - mean) * inverse
    gamma, beta = (scale.select(-2, k).unsqueeze(-1) for k in (0, 1))
    torch.add(x * gamma, beta, out=z)
    return Normed(x, inverse, training)


def backward(delta: Tensor, normed: Normed, scale: Tensor, scale_gradient: Tensor) -> Tensor:
    """Return dL/dz before the norm from delta after it, and fill the gradient of the scale.

    With a batch's own statistics the gradient loses its mean and its part along x, since neither
    a shift nor a stretch of z changes anything.
    """
    x = normed.x
    scale_gradient.select(-2, 0).copy_((delta * x).sum(-1))
    scale_gradient.select(-2, 1).copy_(delta.sum(-1))
    g = delta * scale.select(-2, 0).unsqueeze(-1)
    if normed.by_batch:
        g = g - g.mean(-1, keepdim=True) - x * (g * x).mean(-1, keepdim=True)
    return g * normed.inverse
