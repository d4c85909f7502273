"""A kernel of the visitor's own, as an address carries it: its numbers, row by row."""

import math

import torch
from torch import Tensor

from labs.vision.convolution.kernels import SIZES

LARGEST = 1e4  # of a kernel's numbers


def written(kernel: Tensor) -> str:
    """Return a kernel (m, m) as text: 1_0_-1_..."""
    return "_".join(f"{v:.4g}" for v in kernel.flatten().tolist())


def read(text: object) -> Tensor:
    """Return the kernel (m, m) that a text gives.  Raises ValueError in one sentence."""
    fault = "The link's kernel is not a square of numbers; Sobel's is used."
    if not isinstance(text, str) or len(text) > 1000:
        raise ValueError(fault)
    try:
        values = [float(v) for v in text.split("_")]
    except ValueError:
        raise ValueError(fault) from None
    m = math.isqrt(len(values))
    low, high = SIZES
    if m * m != len(values) or not low <= m <= high or not all(abs(v) <= LARGEST for v in values):
        raise ValueError(fault)
    return torch.tensor(values).view(m, m)
