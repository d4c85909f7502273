"""The course of a training: moments at even distances, however long it goes on."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any, TypeVar

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

    def by(self, step: int) -> Moment:
        """Return the newest moment up to a step, or the first there is."""
        return self.moments[max(0, bisect_right(self.moments, step, key=lambda m: m[0]) - 1)]

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


def _mean(a: Moment, b: Moment, weight: float) -> Moment:
    """Return the numbers of both, b's by `weight`, at the step of b."""
    make = getattr(type(b), "_make", tuple)
    return make([b[0], *((1 - weight) * x + weight * y for x, y in zip(a[1:], b[1:], strict=True))])
