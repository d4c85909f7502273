"""LeNet's weights as a visitor changes them: kernels edited, units switched off.

The trained network is everybody's.  An edit replaces one tensor by a changed copy, so the others
stay shared and the original is one assignment away.
"""

from collections.abc import Mapping
from typing import NamedTuple

import torch
from torch import Tensor

LARGEST = 10.0  # bound of an edited weight
SWITCHES = {"conv1": (6, 1, 1), "conv2": (16, 1, 1), "fc1": (120,), "fc2": (84,)}


class Kernel(NamedTuple):
    """One 5 x 5 kernel of conv1 or conv2."""

    layer: str
    unit: int
    channel: int


class Edited:
    """A state dict with changes.  `tensors` is what the passes take, `masks` what is off."""

    def __init__(self, original: Mapping[str, Tensor]) -> None:
        self.original = dict(original)
        self.changes = 0
        self.reset()

    def reset(self) -> None:
        """Take every change back."""
        self.tensors = dict(self.original)
        self.off: dict[str, set[int]] = {layer: set() for layer in SWITCHES}
        self.masks: dict[str, Tensor] = {}
        self.changes += 1

    @property
    def changed(self) -> bool:
        """Whether a weight differs from the trained one."""
        return any(self.tensors[name] is not w for name, w in self.original.items())

    @property
    def touched(self) -> bool:
        """Whether it is no more the trained network: edited, or with units switched off."""
        return self.changed or bool(self.masks)

    def kernel(self, layer: str, unit: int, channel: int) -> Tensor:
        """Return the 5 x 5 kernel of a map of conv1 or conv2, by input channel."""
        return self.tensors[f"{layer}.weight"][unit, channel]

    def edit(self, layer: str, unit: int, channel: int, cell: int, value: float) -> None:
        """Set one of the 25 cells of a kernel, bounded to `LARGEST` either way."""
        weight = self.tensors[f"{layer}.weight"].clone()
        bounded = max(-LARGEST, min(LARGEST, value))
        weight[unit, channel, cell // 5, cell % 5] = bounded
        self.tensors[f"{layer}.weight"] = weight
        self.changes += 1

    def switch(self, layer: str, unit: int) -> None:
        """Switch a map or a dense unit off, or on again."""
        self.changes += 1
        self.off[layer] ^= {unit}
        self.masks.pop(layer, None)
        if self.off[layer]:
            mask = torch.ones(SWITCHES[layer])
            mask[list(self.off[layer])] = 0
            self.masks[layer] = mask
