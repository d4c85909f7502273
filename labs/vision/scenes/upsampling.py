"""Transposed convolution, written out, and the checkerboard that it can leave.

Long, Shelhamer & Darrell, https://arxiv.org/abs/1411.4038; Odena, Dumoulin & Olah,
https://doi.org/10.23915/distill.00003
"""

import torch
from torch import Tensor


def transposed(x: Tensor, weight: Tensor, stride: int) -> Tensor:
    """Return the transposed convolution of x (H, W) with weight (k, k), without padding.

    Each value of x puts a copy of the kernel, times itself, on the larger map; copies that overlap
    are summed.  ((H - 1) stride + k, (W - 1) stride + k).
    """
    (height, width), k = x.shape, len(weight)
    out = torch.zeros((height - 1) * stride + k, (width - 1) * stride + k)
    for row in range(height):
        for col in range(width):
            top, left = row * stride, col * stride
            out[top : top + k, left : left + k] += x[row, col] * weight
    return out


def bilinear(k: int) -> Tensor:
    """Return the kernel (k, k) of bilinear interpolation by a stride of k / 2, rounded up."""
    stride = (k + 1) // 2
    middle = stride - 1 if k % 2 else stride - 0.5
    line = 1 - (torch.arange(k) - middle).abs() / stride
    return line[:, None] * line[None]


def coverage(height: int, width: int, k: int, stride: int) -> Tensor:
    """Return how many copies of the kernel lie on each value of the result."""
    return transposed(torch.ones(height, width), torch.ones(k, k), stride)
