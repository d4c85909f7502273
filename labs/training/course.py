"""The course of a training: moments at even distances, however long it goes on."""

from typing import Any, Generic, TypeVar

Moment = TypeVar("Moment", bound=tuple[Any, ...])


class Course(Generic[Moment]):
    """Up to `most` moments, tuples whose first number counts the steps, and always the newest.

    When there are too many, every other one is let go, and from then on only so many are kept: the
    beginning stays as finely drawn as the end.
    """

    def __init__(self, most: int) -> None:
        self.moments: list[Moment] = []
        self._most = most
        self._every = 1  # steps between two moments that are kept

    def note(self, moment: Moment) -> None:
        """Take in a moment; a later one of the same step takes its place."""
        if self.moments and (self._step == moment[0] or self._step % self._every):
            self.moments.pop()
        self.moments.append(moment)
        while len(self.moments) > self._most:
            self._every *= 2
            self.moments = [m for m in self.moments[:-1] if m[0] % self._every == 0] + [moment]

    @property
    def _step(self) -> int:
        return self.moments[-1][0]
