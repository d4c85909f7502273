"""Pooling, written out: one number for every window of a map.

LeCun et al. (1998), http://yann.lecun.com/exdb/publis/pdf/lecun-01a.pdf, averaged; the maximum is
Riesenhuber & Poggio's (1999), https://doi.org/10.1038/14819
"""

import torch
from torch import Tensor


def windows(x: Tensor, size: int, stride: int) -> Tensor:
    """Return the windows of x: (N, C, H, W) as lines of numbers: (N, C, H', W', size * size).

    Raises ValueError when no window fits.
    """
    if size > min(x.shape[-2:]):
        raise ValueError(f"a window of {size} does not fit into a map of {min(x.shape[-2:])} cells")
    return x.unfold(-2, size, stride).unfold(-2, size, stride).flatten(-2)


def max_pool(x: Tensor, size: int, stride: int) -> tuple[Tensor, Tensor]:
    """Return the largest number of each window, (N, C, H', W'), and which of the window it was.

    x: (N, C, H, W).  The winners count along the window's rows; the first of equals wins.
    """
    seen = windows(x, size, stride)
    winners = seen.argmax(-1)
    return seen.gather(-1, winners[..., None])[..., 0], winners


def average_pool(x: Tensor, size: int, stride: int) -> Tensor:
    """Return the mean of each window of x: (N, C, H, W)."""
    return windows(x, size, stride).mean(-1)


def global_average(x: Tensor) -> Tensor:
    """Return the mean of each map of x: (N, C, H, W), as a map of one cell (N, C, 1, 1)."""
    return x.mean((-2, -1), keepdim=True)


def places(winners: Tensor, size: int, stride: int) -> Tensor:
    """Return the cells that won: rows and columns of the map before it, (2, H' * W').

    winners: (H', W') as `max_pool` gives them.
    """
    rows, cols = torch.meshgrid(*(torch.arange(n) for n in winners.shape), indexing="ij")
    return torch.stack(
        [(rows * stride + winners // size).flatten(), (cols * stride + winners % size).flatten()]
    )


def moved(before: Tensor, after: Tensor) -> float:
    """Return how far `after` lies from `before`, as a share of the size of `before`."""
    size = before.norm().item()
    return (after - before).norm().item() / size if size > 0 else 0.0


POOLS = (windows, max_pool, average_pool, global_average)
