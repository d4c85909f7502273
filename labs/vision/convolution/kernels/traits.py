"""What a kernel can be told from: its sum, its rank, and its frequency response."""

from dataclasses import dataclass

import torch
from torch import Tensor

RESPONSE = 33  # frequencies a side of the response
RANK_AT = 1e-4  # share of the largest singular value below which one counts as 0


def normalise(kernel: Tensor) -> Tensor:
    """Return kernel divided by its sum, or where that is 0, by the sum of its absolute values."""
    total = kernel.sum()
    if total.abs() < 1e-6:
        total = kernel.abs().sum()
    return kernel / total if total.abs() > 1e-6 else kernel.clone()


@dataclass(frozen=True)
class Separation:
    """A kernel as a sum of column times row: as many as its rank."""

    rank: int
    values: Tensor  # (m,), the singular values
    column: Tensor  # (m,), of the largest
    row: Tensor  # (m,)

    def products(self, size: int) -> int:
        """Return the products a pixel costs when every term is done as two passes."""
        return self.rank * 2 * size


def separate(kernel: Tensor) -> Separation:
    """Return the rank of a kernel (m, m) by its singular values, and its first two factors."""
    u, s, v = torch.linalg.svd(kernel)
    rank = int((s > RANK_AT * s[0].clamp_min(1e-12)).sum())
    root = s[0].sqrt()
    sign = -1.0 if u[:, 0].sum() < 0 else 1.0  # of the two ways to share a sign, the readable one
    return Separation(rank, s, sign * root * u[:, 0], sign * root * v[0])


def response(kernel: Tensor, side: int = RESPONSE) -> Tensor:
    """Return how strongly the kernel passes each frequency: (side, side), not negative.

    The middle is frequency 0, the rim half a cycle a pixel; rows are vertical frequencies.
    """
    return torch.fft.fftshift(torch.fft.fft2(kernel, s=(side, side)).abs())
