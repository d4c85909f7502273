"""The valley that the descent walks in: its slope, its curvature, and the best way along it.

The loss is a bowl, the mean squared difference of the two outputs, so everything about the descent
is known: its Hessian is the correlation of the photo's pixels with their neighbours.  Neighbouring
pixels of a photo are nearly equal, the bowl is a narrow valley, and plain gradient descent crawls
along its floor; momentum does not.  Polyak, "Some methods of speeding up the convergence of
iteration methods" (1964), https://doi.org/10.1016/0041-5553(64)90137-5
"""

import torch
import torch.nn.functional as F
from torch import Tensor

from labs.vision.convolution.convolve import convolve


def gradient(x: Tensor, kernel: Tensor, target: Tensor) -> tuple[Tensor, float]:
    """Return the gradient (m, m) of the mean squared error at `kernel`, and that error.

    x: (H, W).  target: (H - m + 1, W - m + 1), what the output should be.  The gradient is itself
    a cross-correlation: of the input with the error.
    """
    error = convolve(x[None, None], kernel[None, None])[0, 0] - target
    slope = correlate(x, error, len(kernel))
    return 2 * slope / error.numel(), error.square().mean().item()


def correlate(x: Tensor, error: Tensor, m: int) -> Tensor:
    """Return the cross-correlation (m, m) of x: (H, W) with error: (H - m + 1, W - m + 1).

    The error is a kernel almost as large as the input: few places, many taps.
    """
    height, width = error.shape
    rows = [(x[u : u + height, v : v + width] * error).sum() for u in range(m) for v in range(m)]
    return torch.stack(rows).view(m, m)


def hessian(x: Tensor, m: int) -> Tensor:
    """Return the Hessian (m m, m m) of that error: the correlation of all shifts of x: (H, W)."""
    windows = F.unfold(x[None, None], m)[0]  # (m m, places)
    return 2 * windows @ windows.T / windows.shape[1]


def best_momentum(condition: float) -> tuple[float, float]:
    """Return the rate (in units of 1 / the largest eigenvalue) and the momentum that are fastest
    on a bowl of this condition number (Polyak).
    """
    root = condition**0.5
    return (2 * root / (root + 1)) ** 2, ((root - 1) / (root + 1)) ** 2
