"""A signal under sliding taps."""

from dataclasses import dataclass
from functools import cached_property

import torch
from torch import Tensor

from labs.vision.convolution.convolve import convolve


@dataclass(frozen=True, eq=False)
class Sliding:
    """A signal, the taps that slide along it, and what comes out."""

    x: Tensor  # (n,)
    w: Tensor  # (m,)
    padding: int = 0  # zeros at either end of the signal
    flip: bool = False  # whether the taps are turned round: convolution, not cross-correlation

    @property
    def fault(self) -> str:
        """Why there is no output; empty when there is one."""
        n, m, p = len(self.x), len(self.w), self.padding
        if m <= n + 2 * p:
            return ""
        return f"{m} taps do not fit into {n} numbers with a padding of {p}: pad more."

    @cached_property
    def y(self) -> Tensor:
        """The output: (n + 2 padding - m + 1,), empty where the taps do not fit."""
        if self.fault:
            return torch.zeros(0)
        x, w = self.x[None, None], self.w[None, None]
        return convolve(x, w, padding=self.padding, flip=self.flip)[0, 0]
