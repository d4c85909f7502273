"""Balls of three norms: how large a perturbation is, which way is up, and the way back inside.

A step of size 1 in a norm goes where a linear function rises most: the sign of the gradient in
L-infinity, the gradient's direction in L2, the few largest entries in L1.

The L1 projection is Duchi, Shalev-Shwartz, Singer & Chandra, "Efficient projections onto the
l1-ball", https://doi.org/10.1145/1390156.1390191; the L1 step is Tramer & Boneh, "Adversarial
training and robustness for multiple perturbations", https://arxiv.org/abs/1904.13000
"""

from dataclasses import dataclass

import torch
from torch import Tensor

NORMS = ("linf", "l2", "l1")
SPARSE = 0.02  # share of the pixels that an L1 step moves
TINY = 1e-12
INSIDE = 1 - 2e-7  # of a radius: sums of float32 round, and a budget is a promise


@dataclass(frozen=True)
class Norms:
    """The size of each perturbation of a batch, in pixel units; every field is (N,)."""

    l0: Tensor  # how many values changed
    l1: Tensor
    l2: Tensor
    linf: Tensor


def norms(delta: Tensor) -> Norms:
    """Return the norms of each image of delta: (N, C, H, W)."""
    flat = delta.flatten(1)
    size = flat.abs()
    return Norms((flat != 0).sum(1), size.sum(1), flat.norm(dim=1), size.amax(1))


def per_image(value: float | Tensor, like: Tensor) -> Tensor:
    """Return a number, or one number for each image (N,), so that it multiplies like: (N, ...)."""
    value = torch.as_tensor(value, dtype=like.dtype)
    return value.view(-1, *(1,) * (like.ndim - 1)) if value.ndim else value


def known(norm: str) -> str:
    """Return norm.  Raises ValueError for one that is unknown."""
    if norm not in NORMS:
        raise ValueError(f"the norm is one of {', '.join(NORMS)}, got {norm!r}")
    return norm


def steepest(gradient: Tensor, at: Tensor, norm: str) -> Tensor:
    """Return the step of size 1 that climbs most from at: (N, C, H, W), a picture in [0, 1].

    An L1 step spends nothing on values that the picture's bounds already hold.
    """
    if known(norm) == "linf":
        return gradient.sign()
    if norm == "l2":
        length = gradient.flatten(1).norm(dim=1)
        return gradient / per_image(length.clamp_min(TINY), gradient)
    stuck = ((at <= 0) & (gradient < 0)) | ((at >= 1) & (gradient > 0))
    free = gradient.masked_fill(stuck, 0).flatten(1)  # (N, C * H * W)
    count = max(1, round(SPARSE * free.shape[1]))
    largest = free.abs().topk(count, dim=1).indices
    step = torch.zeros_like(free).scatter_(1, largest, free.gather(1, largest).sign() / count)
    return step.view_as(gradient)


def project(delta: Tensor, eps: float | Tensor, norm: str) -> Tensor:
    """Return the point of the ball of radius eps that is nearest to each delta: (N, C, H, W)."""
    limit = per_image(eps, delta)
    if known(norm) == "linf":
        return torch.minimum(torch.maximum(delta, -limit), limit)
    limit = limit * INSIDE
    if norm == "l2":
        length = per_image(delta.flatten(1).norm(dim=1).clamp_min(TINY), delta)
        return delta * (limit / length).clamp(max=1)
    flat = delta.flatten(1)
    radius = limit.expand(len(flat), 1, 1, 1).flatten(1)  # (N, 1)
    size = flat.abs()
    ordered = size.sort(dim=1, descending=True).values
    excess = (ordered.cumsum(1, dtype=torch.float64) - radius).to(flat.dtype)
    rank = torch.arange(1, flat.shape[1] + 1)
    kept = (ordered * rank > excess).sum(1, keepdim=True).clamp_min(1)  # at least one stays
    threshold = (excess.gather(1, kept - 1) / kept).clamp_min(0)
    return (flat.sign() * (size - threshold).clamp_min(0)).view_as(delta)


def random_point(
    like: Tensor, eps: float | Tensor, norm: str, generator: torch.Generator
) -> Tensor:
    """Return a point drawn evenly from the ball of radius eps, for each image of `like`."""
    n, size = len(like), like[0].numel()

    def uniform(*shape: int) -> Tensor:
        return torch.rand(*shape, generator=generator, dtype=like.dtype).clamp_min(TINY)

    if known(norm) == "linf":
        flat = 2 * uniform(n, size) - 1
    elif norm == "l2":
        flat = torch.randn(n, size, generator=generator, dtype=like.dtype)
        flat = flat / flat.norm(dim=1, keepdim=True) * uniform(n, 1) ** (1 / size)
    else:
        weights = -uniform(n, size + 1).log()  # their shares are even on the simplex
        sign = (uniform(n, size) - 0.5).sign()
        flat = sign * weights[:, :-1] / weights.sum(1, keepdim=True)
    return flat.view_as(like) * per_image(eps, like)
