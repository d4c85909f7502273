"""When something costly is due again while a text streams by."""

import time

PAUSE = 0.5  # seconds between two times while the text changes


class Pace:
    """Says when to look again: at something new now and then, and whenever it rests."""

    def __init__(self) -> None:
        self._done: object = None
        self._when = -PAUSE

    def due(self, state: object, *, resting: bool = False) -> bool:
        """Return whether `state` is new and its turn has come; if so it counts as looked at."""
        now = time.monotonic()
        if state == self._done or not (resting or now - self._when > PAUSE):
            return False
        self._done, self._when = state, now
        return True
