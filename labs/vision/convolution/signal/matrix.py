"""The convolution as a matrix, and what it saves beside a layer that shares nothing."""

import torch
from torch import Tensor


def banded(w: Tensor, n: int, padding: int, *, flip: bool = False) -> Tensor:
    """Return the matrix (n + 2 padding - m + 1, n) that does to a signal what the taps w: (m,) do.

    Row i holds the taps from column i - padding on; what would fall outside is cut off.
    """
    m = len(w)
    w = w.flip(0) if flip else w
    matrix = torch.zeros(n + 2 * padding - m + 1, n + 2 * padding)
    for i in range(len(matrix)):
        matrix[i, i : i + m] = w
    return matrix[:, padding : padding + n].contiguous()


def counts(n: int, m: int) -> tuple[int, int, int]:
    """Return the weights of n inputs to n units: fully connected, local with m neighbours (fewer
    at the two ends), and shared.
    """
    local = sum(min(n, i + m // 2 + 1) - max(0, i - (m - 1) // 2) for i in range(n))
    return n * n, local, m
