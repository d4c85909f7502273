"""What a survey notes: layers with their shapes and costs, and what one unit of each sees.

Receptive fields: Araujo, Norris & Sim, "Computing receptive fields of convolutional neural
networks", https://distill.pub/2019/computing-receptive-fields
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from torch import nn


@dataclass(frozen=True)
class Field:
    """What one unit sees of the input, along one side, in pixels."""

    reach: float = 1  # pixels that it depends on
    jump: float = 1  # pixels between two neighbours

    def through(self, kernel: int, stride: int, dilation: int = 1) -> "Field":
        """Return the field behind a window of `kernel` taps."""
        return Field(self.reach + dilation * (kernel - 1) * self.jump, self.jump * stride)


@dataclass(frozen=True)
class Layer:
    """One operation as it was carried out."""

    name: str  # the module's path, or its parent's for what is no module
    kind: str  # "Conv2d", "add", ...
    inputs: tuple[tuple[int, ...], ...]  # shapes
    shape: tuple[int, ...]  # of the output, with its batch of 1
    parameters: int
    macs: int  # multiply-adds of convolutions and dense layers; others count as 0
    field: Field
    sources: tuple[int, ...]  # indices of the layers that it reads, -1: the input
    what: str = ""  # the module as torch prints it

    @property
    def cells(self) -> int:
        """Numbers in the output."""
        return math.prod(self.shape)


@dataclass(frozen=True)
class Survey:
    """All layers in the order in which they ran, up to where it broke."""

    layers: tuple[Layer, ...]
    fault: str = ""  # one sentence if the network could not take the input
    at: str = ""  # the module that broke

    @property
    def parameters(self) -> int:
        """All numbers that are learnt; a module that runs twice counts once."""
        return sum(layer.parameters for layer in self.layers)

    @cached_property
    def repeated(self) -> frozenset[str]:
        """The modules that run more than once, such as the ReLU of a residual block."""
        names = Counter(layer.name for layer in self.layers if layer.what)
        return frozenset(name for name, count in names.items() if count > 1)

    @property
    def macs(self) -> int:
        """Multiply-adds of one run."""
        return sum(layer.macs for layer in self.layers)


def macs(module: nn.Module | None, shape: tuple[int, ...]) -> int:
    """Return the multiply-adds with which `module` makes an output of `shape`."""
    if isinstance(module, nn.Conv1d | nn.Conv2d | nn.Conv3d):
        taps = math.prod(module.kernel_size) * module.in_channels // module.groups
        return math.prod(shape) * taps
    if isinstance(module, nn.Linear):
        return math.prod(shape) * module.in_features
    return 0


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
