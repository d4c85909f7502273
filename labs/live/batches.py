"""Batches: everybody who trains, one slice after the other, and sessions that are alike together.

A class opens one link and presses play: thirty nets of one shape.  The first of them stands in line
for all; until it is their turn the others join, and then they step as one, at little more than what
one step costs.  How experiments step as one is their own affair.
"""

import asyncio
from collections.abc import AsyncIterator, Hashable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial

from labs.live.lanes import Lanes, free
from labs.live.session import Session
from labs.live.transport import advance

SHARES = 4  # slices that a batch may take at once; it stands in line for as many as are in it

Batch = list["Waiting"]


@dataclass(frozen=True, eq=False)
class Waiting:
    """A session that waits for its slice, its turn, and what will be known of the slice."""

    session: Session
    turn: asyncio.Lock
    fault: asyncio.Future[str | None]


class StepBatcher:
    """Who trains on one server, used from one event loop."""

    def __init__(self, lanes: Lanes) -> None:
        self.lanes = lanes
        self.size = 0  # how many train now, in line or at work
        self._batches: dict[Hashable, Batch] = {}  # in line, and open to others alike
        self._tasks: set[asyncio.Task] = set()

    async def train(self, session: Session, turn: asyncio.Lock) -> str | None:
        """Advance a session for one slice, when the line and `turn` allow it; return what went
        wrong, or "".  None if it was passed over, since a page or a hand was at its experiment.
        """
        experiment = session.experiment
        if experiment is None:  # its visitor has gone
            return ""
        slow, alike = experiment.slow, experiment.alike
        self.size += not slow
        try:
            if alike is not None:
                return await self._join((type(experiment), alike), session, turn)
            work = partial(advance, [session])
            faults = await self.lanes.steps(work, slow=slow, turns=free([turn]))
            return faults.get(session) if faults else None
        finally:
            self.size -= not slow

    async def _join(self, alike: Hashable, session: Session, turn: asyncio.Lock) -> str | None:
        """Wait for a slice with the others of one kind."""
        waiting = Waiting(session, turn, asyncio.get_running_loop().create_future())
        batch = self._batches.setdefault(alike, [])
        batch.append(waiting)
        if len(batch) == 1:  # a task of its own: the first may leave while the others wait
            task = asyncio.create_task(self._work(alike, batch))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return await waiting.fault

    async def _work(self, alike: Hashable, batch: Batch) -> None:
        """Stand in line for a batch, let it step, and let everybody know."""
        held: set[asyncio.Lock] = set()

        @asynccontextmanager
        async def turns() -> AsyncIterator[set[asyncio.Lock]]:
            del self._batches[alike]  # who comes from now on is of the next
            async with free({waiting.turn for waiting in batch}) as those:
                held.update(those)
                yield those

        def work(budget: float) -> dict[Session, str]:
            there = dict.fromkeys(  # keys: of two tabs one
                w.session for w in batch if w.turn in held and not w.fault.done()
            )
            return advance(list(there), budget * min(len(there), SHARES))

        try:
            faults = await self.lanes.steps(work, slow=False, turns=turns())
        except Exception as error:
            for waiting in batch:
                if not waiting.fault.done():
                    waiting.fault.set_exception(error)
        else:
            for waiting in batch:
                if not waiting.fault.done():
                    waiting.fault.set_result((faults or {}).get(waiting.session))
