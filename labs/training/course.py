"""The course of a training: moments at even distances, however long it goes on."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import chain
from typing import Any, TypeVar

import numpy as np
import torch
from torch import Tensor

Moment = TypeVar("Moment", bound=tuple[Any, ...])


class Course(Sequence[Moment]):
    """Up to `most` moments, tuples whose first number counts the steps, and always the newest.

    When there are too many, every other one is let go, and from then on only so many are kept: the
    beginning stays as finely drawn as the end, and a note and a picture cost the same after any
    number of steps.  With `mean`, a moment is the mean of all that were noted since the one before
    it, at the last one's step: so the scattered losses of batches become a curve.
    """

    def __init__(self, most: int, *, mean: bool = False, every: int = 1) -> None:
        """most: even.  every: how many notes become one moment at first."""
        self.moments: list[Moment] = []
        self.every = every
        self._most, self._mean = most, mean
        self._notes = 0

    def __len__(self) -> int:
        return len(self.moments)

    def __getitem__(self, index):
        return self.moments[index]

    def note(self, moment: Moment) -> None:
        """Take in a moment; a later one of the same step takes its place."""
        again = bool(self.moments) and self.moments[-1][0] == moment[0]
        if self._mean and self._notes % self.every:
            moment = _mean(self.moments.pop(), moment, 1 / (self._notes % self.every + 1))
        elif not self._mean and (again or self._between):
            self.moments.pop()
        self.moments.append(moment)
        self._notes += self._mean or not again
        if len(self.moments) > self._most:
            self._thin()

    def cut(self, step: int) -> None:
        """Forget what came after a step."""
        before = len(self.moments)
        self.moments = self.moments[: bisect_right(self.moments, step, key=lambda m: m[0])]
        if len(self.moments) < before:  # what is left lies at even distances
            left = len(self.moments) * self.every
            self._notes = left if self._mean else max(0, left - self.every + 1)

    def table(self) -> Tensor:
        """Return the moments' numbers, (numbers, moments); (0, 0) before the first."""
        if not self.moments:
            return torch.zeros(0, 0)
        # one by one: of tuples torch and NumPy take many times as long
        flat = np.fromiter(chain.from_iterable(self.moments), np.float32)
        return torch.from_numpy(flat.reshape(len(self.moments), -1).T.copy())

    @property
    def _between(self) -> bool:
        """Whether the newest moment lies between two that are kept."""
        return self._notes > 0 and (self._notes - 1) % self.every > 0

    def _thin(self) -> None:
        self.every *= 2
        *old, newest = self.moments
        if self._mean:
            old = [_mean(a, b, 0.5) for a, b in zip(old[::2], old[1::2], strict=True)]
        else:
            old = old[::2]
        self.moments = [*old, newest]


def latest(table: Tensor, steps: Tensor) -> Tensor:
    """Return the columns of a course's table that were the newest by each of the steps (N,)."""
    at = torch.searchsorted(table[0].contiguous(), steps.contiguous(), right=True) - 1
    return table[:, at.clamp_min(0)]


def _mean(a: Moment, b: Moment, weight: float) -> Moment:
    """Return the numbers of both, b's by `weight`, at the step of b."""
    make = getattr(type(b), "_make", tuple)
    return make([b[0], *((1 - weight) * x + weight * y for x, y in zip(a[1:], b[1:], strict=True))])
