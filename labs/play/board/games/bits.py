"""A board as one integer, a bit for each point: what is done to it, is done to all points at once.

Point (row, column) is bit `row * (columns + 1) + column`.  The one spare bit at the end of each row
is never set, so a shift cannot carry a stone around the edge.  All of it is `&`, `|`, `~`, `<<` and
`>>`, which Python's integers and NumPy's and PyTorch's int64 share: the same functions play one
game or a thousand at once.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
from torch import Tensor

Bits = TypeVar("Bits", int, np.ndarray, Tensor)


@dataclass(frozen=True)
class Board:
    """The size of a board, and its bits."""

    rows: int
    columns: int

    @cached_property
    def stride(self) -> int:
        """How many bits one row is away from the next."""
        return self.columns + 1

    @cached_property
    def full(self) -> int:
        """The board with a stone on every point."""
        return sum(1 << shift for shift in self.shifts.ravel().tolist())

    @cached_property
    def shifts(self) -> np.ndarray:
        """Each point's bit, int64 (rows, columns)."""
        return np.arange(self.rows)[:, None] * self.stride + np.arange(self.columns)

    def spread(self, bits: int | np.ndarray) -> np.ndarray:
        """Return the stones of integers (...) as 0 and 1, int64 (..., rows, columns)."""
        return (np.asarray(bits)[..., None, None] >> self.shifts) & 1


def beside(bits: Bits, stride: int) -> Bits:
    """Return the points above, below, left and right of the stones; some are off the board."""
    return bits << 1 | bits >> 1 | bits << stride | bits >> stride


def flood(seed: Bits, within: Bits, stride: int) -> Bits:
    """Return the points of `within` that `seed`, itself within, is connected to."""
    while True:
        grown = (seed | beside(seed, stride)) & within
        if _all(grown == seed):
            return grown
        seed = grown


def row_of(bits: Bits, length: int, stride: int) -> Bits:
    """Return bits that are not 0 if `length` stones stand in a straight or a diagonal row."""
    found = bits & 0
    for step in (1, stride, stride - 1, stride + 1):
        row = bits
        for far in range(1, length):
            row = row & bits >> far * step
        found = found | row
    return found


def _all(same: bool | np.ndarray | Tensor) -> bool:
    return same if isinstance(same, bool) else bool(same.all())
