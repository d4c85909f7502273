"""The classroom: everybody who trains, one slice after the other, and those alike together.

A class opens one link and presses play: thirty nets of one shape.  Whoever of them comes first
stands in line for all; until it is their turn the others join, and then they step as one, at
little more than what one step costs.  How experiments step as one is their own affair.
"""

import asyncio
from collections.abc import AsyncIterator, Hashable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial

from labs.live.lanes import Lanes
from labs.live.session import Session
from labs.live.transport import advance

SHARES = 4  # slices that a group may take at once; it stands in line for as many as are in it


@dataclass(frozen=True, eq=False)
class Pupil:
    """A session that waits for its slice, its turn, and what it will be told of it."""

    session: Session
    turn: asyncio.Lock
    told: asyncio.Future[str]


class Classroom:
    """Who trains on one server, used from one event loop."""

    def __init__(self, lanes: Lanes) -> None:
        self.lanes = lanes
        self.size = 0  # how many train now, in line or at work
        self._groups: dict[Hashable, list[Pupil]] = {}  # in line, and open to others alike
        self._tasks: set[asyncio.Task] = set()

    async def train(self, session: Session, turn: asyncio.Lock) -> str:
        """Advance a session for one slice, when the line and `turn` allow it; return what went
        wrong, or "".
        """
        experiment = session.experiment
        slow = getattr(experiment, "slow", False)
        alike = getattr(experiment, "alike", None)
        self.size += not slow
        try:
            if alike is not None:
                return await self._join((type(experiment), alike), session, turn)
            told = await self.lanes.steps(partial(advance, [session]), slow=slow, turn=turn)
            return told[session]
        finally:
            self.size -= not slow

    async def _join(self, alike: Hashable, session: Session, turn: asyncio.Lock) -> str:
        """Wait for a slice with the others of one kind."""
        pupil = Pupil(session, turn, asyncio.get_running_loop().create_future())
        group = self._groups.setdefault(alike, [])
        group.append(pupil)
        if len(group) == 1:  # a task of its own: the first may leave while the others wait
            task = asyncio.create_task(self._work(alike, group))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return await pupil.told

    async def _work(self, alike: Hashable, group: list[Pupil]) -> None:
        """Stand in line for a group, let it step, and tell everybody."""

        def work(budget: float) -> dict[Session, str]:
            there = dict.fromkeys(pupil.session for pupil in group if not pupil.told.done())
            return advance(list(there), budget * min(len(there), SHARES))  # keys: of two tabs one

        try:
            told = await self.lanes.steps(work, slow=False, turn=self._turns(alike, group))
        except Exception as fault:
            for pupil in group:
                if not pupil.told.done():
                    pupil.told.set_exception(fault)
        else:
            for pupil in group:
                if not pupil.told.done():
                    pupil.told.set_result(told.get(pupil.session, ""))

    @asynccontextmanager
    async def _turns(self, alike: Hashable, group: list[Pupil]) -> AsyncIterator[None]:
        """Close a group and hold the turns of all in it."""
        del self._groups[alike]  # who comes from now on is of the next
        async with AsyncExitStack() as held:
            for turn in {pupil.turn for pupil in group}:
                await held.enter_async_context(turn)
            yield
