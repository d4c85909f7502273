"""Convolution in one, two and three dimensions, written out: shift, scale, add.

For every cell of the kernel the whole input is shifted by that cell, scaled by its number and
added.  That is a handful of passes over the picture, each as fast as memory; the loop over output
pixels that the formula suggests, and the unfolded matrix that libraries once used, cost far more.

Dumoulin & Visin, "A guide to convolution arithmetic for deep learning",
https://arxiv.org/abs/1603.07285
"""

from collections.abc import Iterator, Sequence
from itertools import product
from types import EllipsisType

import torch
import torch.nn.functional as F
from torch import Tensor

FEW = 16  # pairs of channels up to which each pair is added by itself, without a matrix product

Steps = int | tuple[int, ...]
Index = tuple[int | slice | EllipsisType, ...]


def convolve(
    x: Tensor,
    kernel: Tensor,
    *,
    stride: Steps = 1,
    padding: Steps = 0,
    dilation: Steps = 1,
    flip: bool = False,
) -> Tensor:
    """Return the cross-correlation of x with every kernel, or with `flip` the convolution.

    x: (N, C_in, ...) with one to three dimensions behind the channels.  kernel: (C_out, C_in, ...)
    with as many.  stride, padding, dilation: one number or one for each dimension; the padding is
    of zeros.  Returns (N, C_out, ...), a side of (n + 2 padding - dilation (m - 1) - 1) // stride
    + 1 for n cells and m taps; gradients flow to x and kernel.

    Without `flip` this is what deep learning calls convolution: y[i] = sum_u w[u] x[i + u].  With
    it, it is the mathematicians': y[i] = sum_u w[u] x[i - u].
    Raises ValueError when shapes do not fit or the kernel is larger than the padded input.
    """
    dims = x.ndim - 2
    if not 1 <= dims <= 3 or kernel.ndim != x.ndim:
        raise ValueError(
            "convolve takes x (N, C_in, ...) and kernel (C_out, C_in, ...) with one to three "
            f"dimensions behind the channels, got {tuple(x.shape)} and {tuple(kernel.shape)}"
        )
    if x.shape[1] != kernel.shape[1]:
        raise ValueError(
            f"the kernel takes {kernel.shape[1]} input channels, and the input has {x.shape[1]}"
        )
    strides = each(stride, dims, "stride", 1)
    pads = each(padding, dims, "padding", 0)
    dilations = each(dilation, dims, "dilation", 1)
    taps = kernel.shape[2:]
    sides = tuple(
        output_side(n, m, s, p, d)
        for n, m, s, p, d in zip(x.shape[2:], taps, strides, pads, dilations, strict=True)
    )
    if any(pads):
        x = F.pad(x, [p for pad in reversed(pads) for p in (pad, pad)])
    if flip:
        kernel = kernel.flip(list(range(2, kernel.ndim)))
    y = x.new_zeros(x.shape[0], kernel.shape[0], *sides)
    for tap, window in meetings(taps, sides, strides, dilations):
        add_scaled(y, x[window], kernel[tap])
    return y


def transpose(
    x: Tensor, kernel: Tensor, *, stride: Steps = 1, padding: Steps = 0, dilation: Steps = 1
) -> Tensor:
    """Return the transposed convolution: every input cell stamps the kernel onto the output.

    It is the gradient of `convolve` with respect to its input, and undoes its shapes, not its
    values.  x: (N, C_in, ...); kernel: (C_in, C_out, ...), as in `torch.nn.ConvTranspose2d`.
    Returns (N, C_out, ...), a side of stride (n - 1) + dilation (m - 1) + 1 - 2 padding.
    Raises ValueError when shapes do not fit or the padding leaves nothing.
    """
    dims = x.ndim - 2
    if not 1 <= dims <= 3 or kernel.ndim != x.ndim or x.shape[1] != kernel.shape[0]:
        raise ValueError(
            "transpose takes x (N, C_in, ...) and kernel (C_in, C_out, ...), got "
            f"{tuple(x.shape)} and {tuple(kernel.shape)}"
        )
    strides = each(stride, dims, "stride", 1)
    pads = each(padding, dims, "padding", 0)
    dilations = each(dilation, dims, "dilation", 1)
    taps, cells = kernel.shape[2:], x.shape[2:]
    full = [
        s * (n - 1) + d * (m - 1) + 1
        for n, m, s, d in zip(cells, taps, strides, dilations, strict=True)
    ]
    if any(side <= 2 * p for side, p in zip(full, pads, strict=True)):
        raise ValueError(
            f"a padding of {max(pads)} cuts away all of a transposed output of {min(full)} cells"
        )
    y = x.new_zeros(x.shape[0], kernel.shape[1], *full)
    for tap, window in meetings(taps, cells, strides, dilations):
        add_scaled(y[window], x, kernel[tap].T)
    return y[(..., *(slice(p, side - p) for p, side in zip(pads, full, strict=True)))]


def meetings(
    taps: Sequence[int], sides: Sequence[int], strides: Sequence[int], dilations: Sequence[int]
) -> Iterator[tuple[Index, Index]]:
    """Yield the index of every tap of a kernel, and of the cells that it meets on its way over
    `sides` places.
    """
    for tap in product(*map(range, taps)):
        met = (
            slice(t * d, t * d + s * (n - 1) + 1, s)
            for t, d, s, n in zip(tap, dilations, strides, sides, strict=True)
        )
        yield (..., *tap), (..., *met)


def add_scaled(y: Tensor, x: Tensor, weight: Tensor) -> None:
    """Add to y: (N, O, ...) the channels x: (N, C, ...) mixed by weight: (O, C), in place."""
    if weight.numel() > FEW:
        y += torch.einsum("oc,nc...->no...", weight, x)
        return
    for o, c in product(*map(range, weight.shape)):
        y[:, o].addcmul_(x[:, c], weight[o, c])


def output_side(n: int, m: int, stride: int, padding: int, dilation: int) -> int:
    """Return how many places a kernel of m taps has on n padded cells.

    Raises ValueError when it has none.
    """
    reach = dilation * (m - 1) + 1
    room = n + 2 * padding
    if reach > room:
        raise ValueError(
            f"the kernel reaches over {reach} cells, and the input has {room}"
            + (f" with its padding of {padding}" if padding else "")
        )
    return (room - reach) // stride + 1


def each(value: Steps, dims: int, name: str, least: int) -> tuple[int, ...]:
    """Return value as one number for each dimension.  Raises ValueError below `least`."""
    values = (value,) * dims if isinstance(value, int) else tuple(value)
    if len(values) != dims or any(v < least for v in values):
        raise ValueError(f"{name} is a whole number from {least} on, or {dims} of them: {value}")
    return values
