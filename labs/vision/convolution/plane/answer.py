"""What a kernel makes of a picture, kept up to date while the kernel changes under a hand.

Convolution is linear in its kernel.  While one cell w moves, the output is R + w P: R is made by
the kernel without that cell and P by that cell alone, both once, so that every further move costs
one pass over the picture however large the kernel is.  Nothing adds up from move to move.
"""

import math
import time
from dataclasses import dataclass

import torch
from torch import Tensor

from labs.vision.convolution.plane.filtering import Setting, filtered, window

CHANNEL = 1  # whose arithmetic is shown in colour: green


@dataclass(frozen=True)
class Share:
    """An output as the part that one cell of the kernel has in it, and the rest."""

    cell: tuple[int, int]
    rest: Tensor  # (C, H', W'), by the kernel with a 0 in the cell
    plane: Tensor  # (C, H', W'), by a kernel that has a 1 in the cell and nothing else

    def output(self, kernel: Tensor) -> Tensor:
        """Return the whole output of kernel: (m, m), which differs in that cell alone."""
        return torch.add(self.rest, self.plane, alpha=kernel[self.cell].item())


def share(x: Tensor, kernel: Tensor, how: Setting, cell: tuple[int, int]) -> Share:
    """Return the two parts of x: (C, H, W) under kernel (m, m).  Raises ValueError likewise."""
    others, alone = kernel.clone(), torch.zeros_like(kernel)
    others[cell], alone[cell] = 0, 1
    return Share(cell, filtered(x, others, how), filtered(x, alone, how))


class Answer:
    """The last picture, kernel and way, and their output or the sentence why there is none."""

    def __init__(self) -> None:
        self.x = self.output = torch.zeros(1, 1, 1)  # (C, H, W) and (C, H', W')
        self.kernel = torch.zeros(1, 1)  # (m, m)
        self.how = Setting()
        self.fault = ""
        self.milliseconds = math.nan  # that it took
        self._share: Share | None = None

    @property
    def shared(self) -> bool:
        """Whether only the share of one cell was computed."""
        return self._share is not None

    def give(self, x: Tensor, kernel: Tensor, how: Setting) -> Tensor:
        """Return x: (C, H, W) under kernel (m, m): (C, H', W'), the same tensor until one of the
        three is another; they are not to be changed in place.  Without an output `fault` says why.
        """
        same = self.x is x and self.how == how
        if same and self.kernel is kernel:
            return self.output
        cell = self._moved(kernel) if same else None
        began = time.perf_counter()
        try:
            self.output, self.fault = self._made(x, kernel, how, cell), ""
        except ValueError as fault:
            text = str(fault).rstrip(".")
            self.output, self.fault = torch.zeros(1, 1, 1), text[0].upper() + text[1:] + "."
        self.milliseconds = 1000 * (time.perf_counter() - began)
        self.x, self.kernel, self.how = x, kernel, how
        return self.output

    def settle(self) -> bool:
        """Compute the output as a whole, where only the share of a cell was; whether it was.

        The two differ in their last digits, and a link opens with the whole.
        """
        if not self.shared:
            return False
        x, self.x = self.x, torch.empty(0)  # another picture, so that no share will do
        self.give(x, self.kernel, self.how)
        return True

    def arithmetic(self, row: int, col: int) -> tuple[Tensor, Tensor, float]:
        """Return the input numbers at an output pixel, the kernel as it met them (both (m, m)), and
        the sum.
        """
        c = min(CHANNEL, len(self.x) - 1)
        patch = window(self.x[c], len(self.kernel), self.how, row, col)
        kernel = self.kernel.flip(0, 1) if self.how.flip else self.kernel
        return patch, kernel, self.output[c, row, col].item()

    def _moved(self, kernel: Tensor) -> tuple[int, int] | None:
        """Return the one cell in which the kernel differs from the last; None if there are more."""
        if kernel.shape != self.kernel.shape:
            return None
        cells = (kernel != self.kernel).nonzero().tolist()
        return tuple(cells[0]) if len(cells) == 1 else None

    def _made(
        self, x: Tensor, kernel: Tensor, how: Setting, cell: tuple[int, int] | None
    ) -> Tensor:
        if cell is None:
            self._share = None
            return filtered(x, kernel, how)
        if self._share is None or self._share.cell != cell:
            self._share = None  # where there is no output, there is no share either
            self._share = share(x, kernel, how, cell)
        return self._share.output(kernel)
