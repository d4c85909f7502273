"""A heavy job of a lab: many calls on the workers, whose results stream in while it is stepped."""

import os
import secrets
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from functools import partial
from typing import Any

from labs import cluster
from labs.numerals import counted, plural

PATIENCE = 0.02  # seconds that a step waits for a result
EACH = 2  # calls in hand for each worker
Call = tuple[Any, partial]  # with its key


class Stream:
    """Calls of one owner.  `send` puts them in line; every `come` gives the workers what they can
    have in hand and yields what has come.

    So whoever is stepped no more, because a visitor paused or left, soon costs the workers nothing.
    """

    def __init__(self, owner: str = "") -> None:
        """owner: whose they are; owners take turns."""
        self.owner = owner or secrets.token_hex(4)
        self.trouble = ""  # a sentence, where there is no cluster: the calls are then made here
        self._line: deque[Call] = deque()
        self._going: dict[Future, Call] = {}

    def send(self, key: Any, function: Callable[..., Any], *args: Any) -> None:
        """Put function(*args) in line; its result comes by this key."""
        self._line.append((key, partial(function, *args)))

    def left(self) -> list[Any]:
        """Return the keys of what has not come yet."""
        return [key for key, _ in (*self._going.values(), *self._line)]

    def __len__(self) -> int:
        """How many have not come yet."""
        return len(self._line) + len(self._going)

    def come(self, patience: float = PATIENCE) -> Iterator[tuple[Any, Any]]:
        """Yield (key, result) of what has come; where there is no cluster, of one call made here.

        patience: seconds to wait for a first one.  Raises what a call raises.
        """
        if self.trouble:
            if self._line:
                key, call = self._line.popleft()
                yield key, call()
            return
        most = EACH * (cluster.status().workers or os.cpu_count() or 1)
        while self._line and len(self._going) < most:
            one = self._line.popleft()
            call = one[1]
            self._going[cluster.submit(call.func, *call.args, owner=self.owner)] = one
        wait(self._going, patience, FIRST_COMPLETED)
        for future in [one for one in self._going if one.done()]:  # `wait` leaves out the cancelled
            one = self._going.pop(future)
            try:
                result = future.result()
            except (RuntimeError, CancelledError) as fault:
                self._line.appendleft(one)
                self._leave(str(fault) or "The cluster was stopped.")
                return
            yield one[0], result

    def cancel(self) -> None:
        """Forget all that has not come."""
        self._line.clear()
        for future in self._take_back():
            future.cancel()

    def told(self, what: str) -> str:
        """Return what the cluster does, in words; what: a call is."""
        if self.trouble:
            return f"{self.trouble.rstrip('.')}; made in the server instead"
        s = cluster.status()
        if not s.workers:
            return "the workers are starting" if self else "the workers rest"
        words = f"{counted(len(self._going), what)} given to {counted(s.workers, 'worker')}"
        if s.lost or s.restarts:
            words += f"; lost so far: {counted(s.lost, 'worker')}"
            words += f", {counted(s.restarts, 'scheduler')}" if s.restarts else ""
            words += f", whose {plural(what)} were done again"
        return words

    def _leave(self, trouble: str) -> None:
        """Put back in line what the workers had in hand, to be done here."""
        self.trouble = trouble
        for future, one in reversed(self._take_back().items()):
            future.cancel()
            self._line.appendleft(one)

    def _take_back(self) -> dict[Future, Call]:
        going, self._going = self._going, {}
        return going
