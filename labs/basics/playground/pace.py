"""How fast it trains: epochs a second, as they were really trained in the last few seconds."""

import math
import time
from collections import deque
from collections.abc import Callable

WINDOW = 4.0  # seconds that the pace is the mean of
LEAST = 1.0  # seconds before there is a pace
APART = 0.2  # seconds between two counts that are kept
REST = 2.0  # seconds without an epoch: it was paused, or nobody looked


class Pace:
    """Counts of epochs with their times, and the pace from the first to the last that was new."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._counts: deque[tuple[float, int]] = deque()
        self._epochs, self._rose = 0, -math.inf  # the last count, and when it was a new one

    def note(self, epochs: int) -> float | None:
        """Take the count of now.  Return epochs a second, or None while there is no pace: at a
        beginning, and at rest.
        """
        now, counts = self._clock(), self._counts
        if epochs < self._epochs or now - self._rose > REST:
            counts.clear()
        if epochs != self._epochs:
            self._epochs, self._rose = epochs, now
        if not counts or now - counts[-1][0] >= APART:
            counts.append((now, epochs))
        while now - counts[0][0] > WINDOW:
            counts.popleft()
        began, before = counts[0]
        if self._rose - began < LEAST:
            return None
        return (epochs - before) / (self._rose - began)
