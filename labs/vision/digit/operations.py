"""What both passes of LeNet are made of, in public PyTorch.

What runs is `quick`: the same sums, which torch prepares in less time for one small picture.
"""

import torch
import torch.nn.functional as F
from torch import Tensor


def convolve(x: Tensor, kernel: Tensor, bias: Tensor, padding: int) -> Tensor:
    """Return kernel (K, C, 5, 5) over x: (C, H, W), as (K, H', W')."""
    return F.conv2d(x, kernel, bias, padding=padding)


def convolve_back(delta: Tensor, x: Tensor, kernel: Tensor, padding: int) -> Tensor:
    """Return the gradient at a convolution's input x: (C, H, W), from delta at its output."""
    return F.conv_transpose2d(delta, kernel, padding=padding)


def pool(x: Tensor) -> tuple[Tensor, Tensor]:
    """Return the largest of every 2 x 2 cells of x: (C, H, W), and where in its map it was."""
    return F.max_pool2d(x, 2, return_indices=True)


def pool_back(g: Tensor, winners: Tensor, side: int) -> Tensor:
    """Return the gradient at a pooling's input, (C, side, side): all of it goes to the winners."""
    return F.max_unpool2d(g, winners, 2)


def relu_back(g: Tensor, a: Tensor) -> Tensor:
    """Return the gradient at a ReLU's input: g where its output a is positive, 0 elsewhere."""
    return torch.where(a > 0, g, 0)
