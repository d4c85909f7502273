"""How far the fakes are from the target: divergences on a grid, and modes covered."""

import math

import torch
from torch import Tensor

CELLS = 16  # along each axis of the plane
REACH = 1.2  # the plane is [-REACH, REACH] twice
FEW = 0.25  # of its fair share, from which a mode counts as covered
NEAR = 4.0  # deviations from a centre within which a point belongs to a mode


def histogram(x: Tensor, cells: int = CELLS) -> Tensor:
    """Return the shares of points x: (2, n) in the cells of a grid, (cells²,); those outside the
    plane count at its rim.
    """
    at = ((x / REACH + 1) / 2 * cells).clamp(0, cells - 1).long()
    return torch.bincount(at[0] * cells + at[1], minlength=cells**2).float() / x.shape[1]


def kl_divergence(p: Tensor, q: Tensor) -> float:
    """Return sum p ln(p / q) in nats, p and q shares with a trace of 1e-4 in every cell."""
    p, q = ((s + 1e-4) / (s + 1e-4).sum() for s in (p, q))
    return (p * (p / q).log()).sum().item()


def js_divergence(p: Tensor, q: Tensor) -> float:
    """Return the Jensen-Shannon divergence of shares in nats, from 0 to ln 2."""
    m = (p + q) / 2

    def half(s: Tensor) -> Tensor:
        return torch.where(s > 0, s * (s / m).log(), 0.0).nansum() / 2

    return min(max((half(p) + half(q)).item(), 0.0), math.log(2))


def covered(fakes: Tensor, modes: Tensor, deviation: float) -> Tensor:
    """Return which modes (2, K) hold at least a quarter of their fair share of fakes: (K,)."""
    far = (fakes[:, :, None] - modes[:, None]).norm(dim=0)  # (n, K)
    least, nearest = far.min(1)
    held = nearest[least < NEAR * deviation].bincount(minlength=modes.shape[1])
    return held >= FEW * fakes.shape[1] / modes.shape[1]
