"""A kernel or a signal of the visitor's own as an address carries it: number by number."""

import math
from collections.abc import Sequence

import torch
from torch import Tensor

from labs.vision.convolution.kernels.presets import SIZES
from labs.vision.convolution.received import LARGEST

LONGEST = 16  # characters of one number


def written(kernel: Tensor) -> str:
    """Return a kernel (m, m), or numbers of any other shape, as text that gives them back exactly:
    1_0_-1_...
    """
    return "_".join(str(v).removesuffix(".0") for v in kernel.flatten().numpy())


def read(text: object) -> Tensor:
    """Return the kernel (m, m) that a text gives.  Raises ValueError in one sentence."""
    fault = "The link's kernel is not a square of numbers; Sobel's is used."
    low, high = SIZES
    values = _values(text, high**2, fault)
    m = math.isqrt(len(values))
    if m * m != len(values) or m < low:
        raise ValueError(fault)
    return torch.tensor(values).view(m, m)


def read_row(text: object, most: int) -> Tensor:
    """Return the up to `most` numbers that a text gives: (n,).  Raises ValueError likewise."""
    return torch.tensor(_values(text, most, f"The link has no row of up to {most} numbers."))


def read_as(text: object, shape: Sequence[int]) -> Tensor:
    """Return the numbers of this shape that a text gives.  Raises ValueError likewise."""
    count = math.prod(shape)
    fault = f"The link has not the {count} numbers that belong there."
    values = _values(text, count, fault)
    if len(values) != count:
        raise ValueError(fault)
    return torch.tensor(values).view(*shape)


def _values(text: object, most: int, fault: str) -> list[float]:
    if not isinstance(text, str) or len(text) > LONGEST * most:
        raise ValueError(fault)
    try:
        values = [float(v) for v in text.split("_")]
    except ValueError:
        raise ValueError(fault) from None
    if len(values) > most or not all(abs(v) <= LARGEST for v in values):  # NaN compares false
        raise ValueError(fault)
    return values
