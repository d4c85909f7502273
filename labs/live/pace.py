"""Pace: how much one browser may send, so that it cannot take the time of the others.

What is sent beyond the pace is read later, and nothing of it is lost: the network holds the sender
back.  Characters stand for the work that a message makes, whether it holds points or nonsense; the
many of a picture or a sound make little.
"""

import time
from collections.abc import Iterable

from labs.live.experiment import Event

RATE = 40_000  # characters a second; the pen of a mouse that reports 1000 times a second: 18,000
BURST = 40_000  # characters at once, such as 4000 points
LONGEST = 1.0  # seconds to wait after one message, however long
BULK = 10  # so many characters of a picture or a sound make as much work as one of a stroke


class Pace:
    """One browser's account: what it has sent and not yet paid for by waiting."""

    def __init__(self) -> None:
        self._debt = 0.0  # characters
        self._then = time.monotonic()

    def wait(self, characters: int) -> float:
        """Return the seconds to wait, after a message, before the next is read."""
        now = time.monotonic()
        self._debt = max(0.0, self._debt - RATE * (now - self._then)) + characters
        self._debt = min(self._debt, BURST + RATE * LONGEST)
        self._then = now
        return max(0.0, self._debt - BURST) / RATE


def work(characters: int, events: Iterable[Event]) -> int:
    """Return the characters of a message with these events, those of pictures and sounds at a
    discount.
    """
    bulk = sum(len(e["data"]) for e in events if isinstance(e.get("data"), str))
    return characters - bulk + bulk // BULK
