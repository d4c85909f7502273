"""The classic kernels by name, at any size."""

from collections.abc import Mapping
from types import MappingProxyType

import torch
from torch import Tensor

from labs.vision.convolution.kernels.formulas import FORMULAS, Shape

SIZES = (1, 7)  # taps a side


def rows(*lines: str, scale: float = 1.0) -> Tensor:
    """Return a kernel from its rows, e.g. rows("1 0 -1", "2 0 -2", "1 0 -1")."""
    return torch.tensor([[float(v) for v in line.split()] for line in lines]) * scale


FIXED: Mapping[str, Tensor] = MappingProxyType(
    {
        "identity": rows("0 0 0", "0 1 0", "0 0 0"),
        "edge1": rows("1 0 -1", "0 0 0", "-1 0 1"),
        "edge2": rows("0 1 0", "1 -4 1", "0 1 0"),
        "edge3": rows("-1 -1 -1", "-1 8 -1", "-1 -1 -1"),
        "sharpen": rows("0 -1 0", "-1 5 -1", "0 -1 0"),
        "binomial": rows("1 2 1", "2 4 2", "1 2 1", scale=1 / 16),
        "sobel_x": rows("-1 0 1", "-2 0 2", "-1 0 1"),
        "sobel_y": rows("1 2 1", "0 0 0", "-1 -2 -1"),
        "emboss": rows("-2 -1 0", "-1 1 1", "0 1 2"),
        "lecture": rows("1 0 1", "0 1 0", "1 0 1"),
    }
)
NAMES = (*FIXED, *FORMULAS)


def preset(name: str, shape: Shape) -> Tensor:
    """Return the kernel `name` at shape.size: by its formula, or its 3 x 3 rows made to fit.

    Raises ValueError for an unknown name.
    """
    if name in FORMULAS:
        return FORMULAS[name](shape)
    if name not in FIXED:
        raise ValueError(f"there is no kernel {name!r}; there are {', '.join(NAMES)}")
    return resize(FIXED[name], shape.size)


def resize(kernel: Tensor, size: int) -> Tensor:
    """Return kernel (m, m) with zeros around it or its rim cut away: (size, size)."""
    result = torch.zeros(size, size)
    m = len(kernel)
    small, large = min(m, size), max(m, size)
    start = (large - small) // 2
    inner = slice(start, start + small)
    if size >= m:
        result[inner, inner] = kernel
    else:
        result.copy_(kernel[inner, inner])
    return result
