"""One kernel over one picture: padding, stride, dilation, and what made one output pixel."""

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from labs.vision.convolution.convolve import convolve, transpose

LARGEST = 1100  # pixels of an output's side


@dataclass(frozen=True)
class Setting:
    """How the kernel goes over the picture."""

    stride: int = 1
    padding: int = 0
    dilation: int = 1
    mode: str = "constant"  # what the padding holds: zeros, or the picture mirrored, held, wrapped
    flip: bool = False  # convolution, not cross-correlation
    transposed: bool = False

    def reach(self, m: int) -> int:
        """Return over how many cells a kernel of m taps reaches."""
        return self.dilation * (m - 1) + 1

    def output_of(self, at: int, m: int) -> int:
        """Return the row or column of the output whose window has input row `at` in its middle."""
        middle = self.reach(m) // 2 - self.padding
        way = at * self.stride + middle if self.transposed else (at - middle) // self.stride
        return max(0, way)


def pad(x: Tensor, how: Setting) -> Tensor:
    """Return x: (C, H, W) with its padding.  Raises ValueError where there is not enough of it."""
    p, side = how.padding, min(x.shape[-2:])
    if p == 0:
        return x
    if how.mode == "reflect" and p >= side:
        raise ValueError(f"A mirror of {p} cells needs more than {p} cells, and there are {side}.")
    if how.mode == "circular" and p > side:
        raise ValueError(f"Wrapping {p} cells around needs as many, and there are {side}.")
    return F.pad(x[None], (p,) * 4, mode=how.mode)[0]


def filtered(x: Tensor, kernel: Tensor, how: Setting) -> Tensor:
    """Return every channel of x: (C, H, W) under kernel (m, m): (C, H', W').

    Raises ValueError, one sentence, when no place is left for the kernel.
    """
    planes = x[:, None]  # each channel by itself: (C, 1, H, W)
    weight = kernel[None, None]
    if how.transposed:
        side = how.stride * (max(x.shape[1:]) - 1) + how.reach(len(kernel)) - 2 * how.padding
        if side > LARGEST:
            raise ValueError(
                f"The output would have {side:,} pixels a side, and up to {LARGEST:,} are drawn."
            )
        weight = weight.flip(2, 3) if how.flip else weight
        return transpose(
            planes, weight, stride=how.stride, padding=how.padding, dilation=how.dilation
        )[:, 0]
    planes = pad(x, how)[:, None]
    return convolve(planes, weight, stride=how.stride, dilation=how.dilation, flip=how.flip)[:, 0]


def window(x: Tensor, m: int, how: Setting, row: int, col: int) -> Tensor:
    """Return the numbers of x: (H, W) that meet the kernel's m x m taps at one output pixel.

    Where the transposed kernel was stamped by no input pixel there is a 0.
    """
    taps = torch.arange(m) * how.dilation
    if not how.transposed:
        rows, cols = row * how.stride + taps, col * how.stride + taps
        return pad(x[None], how)[0][rows][:, cols]
    rows, cols = row + how.padding - taps, col + how.padding - taps
    hit_rows = (rows % how.stride == 0) & (rows >= 0) & (rows < how.stride * x.shape[0])
    hit_cols = (cols % how.stride == 0) & (cols >= 0) & (cols < how.stride * x.shape[1])
    seen = x[rows.clamp(0) // how.stride % len(x)][:, cols.clamp(0) // how.stride % x.shape[1]]
    return seen * (hit_rows[:, None] & hit_cols)


def field(m: int, how: Setting, row: int, col: int, sides: tuple[int, int]) -> list[int]:
    """Return the box of the input (top, left, bottom, right) that one output pixel sees."""
    reach = how.reach(m)
    if how.transposed:
        first = [-((reach - 1 - at - how.padding) // how.stride) for at in (row, col)]
        last = [(at + how.padding) // how.stride + 1 for at in (row, col)]
    else:
        first = [at * how.stride - how.padding for at in (row, col)]
        last = [at + reach for at in first]
    top, left = (max(0, at) for at in first)
    bottom, right = (min(n, at) for n, at in zip(sides, last, strict=True))
    return [top, left, max(top, bottom), max(left, right)]
