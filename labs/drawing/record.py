"""The record of a drawing: what was said of it while it grew, and until which point."""

from collections.abc import Callable


class Record:
    """`say()` tells what is seen in the drawing now; a drawing is a number of points here."""

    def __init__(self, say: Callable[[], str]) -> None:
        self.say = say
        self._said: list[tuple[str, int]] = []
        self._due = False

    def clear(self) -> None:
        """Begin again, with an empty drawing."""
        self._said, self._due = [], False

    def cut(self, points: int) -> None:
        """Forget what was said after the first `points` points."""
        begun = [0, *(until for _, until in self._said)]
        self._said = [
            (said, min(until, points))
            for begin, (said, until) in zip(begun, self._said, strict=False)
            if begin < points
        ]

    def grow(self) -> None:
        """Points were added.  Those that come together are looked at together, when one asks."""
        self._due = True

    def note(self, points: int) -> None:
        """Look now, with `points` points on the drawing."""
        self._due = False
        said = self.say()
        if self._said and self._said[-1][0] == said:
            self._said.pop()
        self._said.append((said, points))

    def read(self, points: int) -> list[tuple[str, int]]:
        """Return everything that was said, with the point until which it held."""
        if self._due:
            self.note(points)
        return self._said
