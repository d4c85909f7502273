"""Lanes: who computes when, so that thirty visitors share two cores and a moving hand never waits.

Three kinds of work have a lane each.  Frames for a hand have a thread of their own; those of a
`quick` experiment need none, since with thirty hands at work changing threads costs as much as
the frames do.
Training takes turns of at most 10 ms in one thread, first come first served: thirty nets in thirty
threads would fight over the interpreter and do a third of the work.  For the same reason a frame
that only shows how a training goes is made in that thread.  Steps that are long by nature (a dream
step) take turns among their kind.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TypeVar

HANDS = 4  # threads
SLICE = 0.010  # seconds of training before the next in line, or a frame of it
ROUND = 0.120  # seconds of training in which everybody in line should have had a turn
SHORTEST = 0.004  # seconds; below this, changing turns costs more than it gives

T = TypeVar("T")
Turns = AbstractAsyncContextManager[Collection[asyncio.Lock]]  # enters with those that it holds


class Lanes:
    """The worker threads of one server, used from one event loop."""

    def __init__(self) -> None:
        self._hand = ThreadPoolExecutor(HANDS, thread_name_prefix="hand")
        self._work = {
            slow: ThreadPoolExecutor(1, thread_name_prefix="slow" if slow else "train")
            for slow in (False, True)
        }
        self._turn = {slow: asyncio.Lock() for slow in (False, True)}  # fair: a queue
        self._waiting = 0

    async def hand(self, work: Callable[[], T]) -> T:
        """Do `work` (a few milliseconds) as soon as a hand thread is free."""
        return await asyncio.get_running_loop().run_in_executor(self._hand, work)

    async def show(self, work: Callable[[], T]) -> T:
        """Do `work`, a frame that no hand waits for, between two turns of training."""
        return await asyncio.get_running_loop().run_in_executor(self._work[False], work)

    async def steps(self, work: Callable[[float], T], *, slow: bool, turns: Turns) -> T | None:
        """Do `work(budget)` when this lane's queue allows it and some of `turns` are free; budget
        in seconds.  None if none of them is: the next in line goes on.
        """
        self._waiting += not slow
        try:
            async with self._turn[slow], turns as held:
                if not held:
                    return None
                budget = max(SHORTEST, min(SLICE, ROUND / max(1, self._waiting)))
                loop = asyncio.get_running_loop()
                return await loop.run_in_executor(self._work[slow], work, budget)
        finally:
            self._waiting -= not slow

    def close(self) -> None:
        """Let the threads end when their work is done."""
        for pool in (self._hand, *self._work.values()):
            pool.shutdown(wait=False, cancel_futures=True)


@asynccontextmanager
async def free(turns: Iterable[asyncio.Lock]) -> AsyncIterator[set[asyncio.Lock]]:
    """Hold those of `turns` that are free, or become free within a slice.

    A hand has its experiment's turn for a few milliseconds, or for a second if its work is long;
    everybody who trains would wait with the one whose hand it is.
    """
    held: set[asyncio.Lock] = set()
    try:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(SLICE):
                for turn in sorted(turns, key=asyncio.Lock.locked):  # the free ones first
                    await turn.acquire()
                    held.add(turn)
        yield held
    finally:
        for turn in held:
            turn.release()
