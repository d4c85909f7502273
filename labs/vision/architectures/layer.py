"""One operation of a network as it was carried out, and what it costs."""

import math
from dataclasses import dataclass

from torch import nn

from labs.vision.architectures.field import Field


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


def macs(module: nn.Module | None, shape: tuple[int, ...]) -> int:
    """Return the multiply-adds with which `module` makes an output of `shape`."""
    if isinstance(module, nn.Conv1d | nn.Conv2d | nn.Conv3d):
        taps = math.prod(module.kernel_size) * module.in_channels // module.groups
        return math.prod(shape) * taps
    if isinstance(module, nn.Linear):
        return math.prod(shape) * module.in_features
    return 0
