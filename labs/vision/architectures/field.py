"""Receptive fields: what one unit of a layer sees of the input.

Araujo, Norris & Sim, "Computing receptive fields of convolutional neural networks",
https://distill.pub/2019/computing-receptive-fields
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from torch import nn


@dataclass(frozen=True)
class Field:
    """What one unit sees of the input, along one side, in pixels."""

    reach: float = 1  # pixels that it depends on
    jump: float = 1  # pixels between two neighbours

    def through(self, kernel: int, stride: int, dilation: int = 1) -> "Field":
        """Return the field behind a window of `kernel` taps."""
        return Field(self.reach + dilation * (kernel - 1) * self.jump, self.jump * stride)


def behind(
    field: Field, module: nn.Module | None, before: tuple[int, ...], after: tuple[int, ...]
) -> Field:
    """Return the receptive field behind `module`, or behind an operation if it is None."""
    if isinstance(module, nn.Conv2d | nn.MaxPool2d | nn.AvgPool2d):
        kernel, stride, dilation = (first(getattr(module, k, 1)) for k in
                                    ("kernel_size", "stride", "dilation"))  # fmt: skip
        return field.through(kernel, stride, dilation)
    if isinstance(module, nn.Linear):
        return field
    if len(before) == 4 and len(after) == 4 and isinstance(module, nn.AdaptiveAvgPool2d):
        stride = before[-1] // after[-1]
        kernel = math.ceil(before[-1] / after[-1])
        return field.through(kernel, max(1, stride))
    if len(before) == 4 and len(after) < 4:  # flattened or averaged: what follows sees all of it
        return field.through(before[-1], 1)
    return field


def first(value: int | Sequence[int]) -> int:
    """Return the number of a square setting."""
    return value if isinstance(value, int) else value[0]
