"""Jobs of several owners, in line for the workers."""

import contextlib
import logging
import os
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from labs.cluster.connection import SETTING, Connection

IDLE = 60.0  # seconds without a job after which a local cluster is stopped
POLL = 0.5  # seconds between two looks at its health
TRIES = 4  # of a job whose worker is lost, before it is given up
AHEAD = 1  # jobs that wait at each worker beside the one at work: fair shares are dealt here
LOG = logging.getLogger(__name__)


@dataclass(eq=False)
class Job:
    """A call that is to be made somewhere, and the future that is given out for it."""

    function: Callable[..., Any]
    args: tuple[Any, ...]
    owner: str
    future: Future = field(default_factory=Future)
    tries: int = 0


@dataclass(frozen=True)
class Status:
    """What a cluster is doing."""

    workers: int
    waiting: int
    running: int
    lost: int  # workers that are gone, each once, so far
    restarts: int  # of the scheduler


class Jobs:
    """Many calls at once: iterate for their results in order, or `as_completed`."""

    def __init__(self, futures: list[Future]) -> None:
        self.futures = futures

    def __len__(self) -> int:
        """How many there are."""
        return len(self.futures)

    def __iter__(self) -> Iterator[Any]:
        """Yield the results in the order of the items.  Raises what a call raised."""
        for future in self.futures:
            yield future.result()

    @property
    def done(self) -> int:
        """How many are through, whether well or not."""
        return sum(future.done() for future in self.futures)

    def as_completed(self) -> Iterator[tuple[int, Any]]:
        """Yield (index, result) as they come.  Raises what a call raised."""
        left = {future: k for k, future in enumerate(self.futures)}
        while left:
            for future in wait(left, return_when=FIRST_COMPLETED).done:
                yield left.pop(future), future.result()

    def cancel(self) -> None:
        """Give up what has not been begun, and forget what is being done."""
        for future in self.futures:
            future.cancel()


class Cluster:
    """Jobs of several owners in line for the workers, each owner's turn after the other's.

    What is begun is done by Dask; what a lost worker or scheduler had in hand is done again, and
    counts once, since its future is set once.
    """

    def __init__(self, workers: int | None = None) -> None:
        """workers: of a local cluster, as many as there are cores unless it is said."""
        self._connection = Connection(workers or os.cpu_count() or 1)
        self.lost = self.restarts = 0
        self._lines: dict[str, deque[Job]] = {}  # by owner, the next in turn first
        self._running: dict[Any, Job] = {}  # by Dask's future
        self._lock = threading.RLock()
        self._known: set[str] = set()  # addresses of workers
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()
        self._used = time.monotonic()
        self._names = count()

    def submit(self, function: Callable[..., Any], *args: Any, owner: str = "") -> Future:
        """Put a call in the owner's line, and return its future.

        Raises TypeError for a module among the arguments: weights travel as safetensors.
        """
        torch = sys.modules.get("torch")  # without it, there is no network
        if torch and any(isinstance(arg, torch.nn.Module) for arg in args):
            raise TypeError("a network travels as safetensors, never as an object")
        job = Job(function, args, owner)
        with self._lock:
            self._lines.setdefault(owner, deque()).append(job)
            self._used = time.monotonic()
            if self._thread is None or not self._thread.is_alive():
                self._stop = threading.Event()
                self._thread = threading.Thread(target=self._watch, name="cluster", daemon=True)
                self._thread.start()
            elif self._connection.there:
                self._deal()
        return job.future

    def status(self) -> Status:
        """Return what it is doing."""
        with self._lock:
            waiting = sum(len(line) for line in self._lines.values())
            alive = len(self._known)
            return Status(alive, waiting, len(self._running), self.lost, self.restarts)

    def close(self) -> None:
        """Stop; what was not done is cancelled."""
        with self._lock:
            jobs = [*self._running.values(), *(j for line in self._lines.values() for j in line)]
            self._running, self._lines = {}, {}
            self._thread = None
            self._stop.set()  # whoever watches leaves, too, also where it is still connecting
        for job in jobs:
            job.future.cancel()
        self._disconnect()

    def _watch(self) -> None:
        """Connect, look after workers and scheduler, and stop when nothing is asked any more."""
        stop = self._stop
        while not stop.is_set():
            with self._lock:
                busy = self._running or any(self._lines.values())
                if busy:
                    self._used = time.monotonic()
                elif time.monotonic() - self._used > IDLE:
                    self._thread = None
                    break
            try:
                self._look()
            except Exception as fault:
                if stop.is_set():
                    break
                LOG.warning("the cluster cannot be reached: %s", fault)
                self._give_up(f"The cluster at {os.environ.get(SETTING, 'this machine')} "
                              "does not answer.")  # fmt: skip
            stop.wait(POLL)
        if self._thread is None:  # nobody has begun anew meanwhile
            self._disconnect()

    def _look(self) -> None:
        """Connect where there is no connection, and see who is there."""
        connection = self._connection
        if connection.there and not connection.holds:
            self.restarts += 1
            self._disconnect()
            self._again()
        if not connection.there:
            connection.open()
        workers = connection.workers(self._known)
        with self._lock:
            self.lost += len(self._known - workers)
            self._known = workers
            self._deal()

    def _disconnect(self) -> None:
        """Leave the scheduler; nobody is known any more."""
        self._known = set()
        self._connection.close()

    def _deal(self) -> None:
        """Give every worker what it can do, one owner's job after the other's."""
        room = max(1, len(self._known)) * (1 + AHEAD) - len(self._running)
        while room > 0 and self._lines and self._connection.there:
            owner, line = next(iter(self._lines.items()))
            del self._lines[owner]
            job = line.popleft()
            if line:
                self._lines[owner] = line  # behind the others
            if job.future.cancelled():
                continue
            name = f"{job.function.__name__}-{id(self):x}-{next(self._names)}"
            handle = self._connection.send(name, job.function, *job.args)
            self._running[handle] = job
            job.future.add_done_callback(lambda f, h=handle: f.cancelled() and self._drop(h))
            handle.add_done_callback(self._finished)
            room -= 1

    def _finished(self, handle: Any) -> None:
        """Pass on what Dask has to say about a job; what was lost is put in line again."""
        with self._lock:
            job = self._running.pop(handle, None)
            if job is None or job.future.done():
                self._deal()
                return
            again = handle.status in ("cancelled", "lost")
            if again:
                self._put_back(job)
        if not again:
            fault = handle.exception() if handle.status == "error" else None
            with contextlib.suppress(Exception):  # cancelled meanwhile
                if fault is None:
                    job.future.set_result(handle.result())
                else:
                    job.future.set_exception(fault)
        with self._lock:
            self._used = time.monotonic()
            self._deal()

    def _drop(self, handle: Any) -> None:
        """Forget a job that was cancelled."""
        with self._lock:
            if self._running.pop(handle, None) is None:
                return
            with contextlib.suppress(Exception):
                handle.cancel()
            self._deal()

    def _again(self) -> None:
        """Put in line again what a scheduler had in hand that is gone."""
        with self._lock:
            jobs, self._running = list(self._running.values()), {}
            for job in reversed(jobs):
                self._put_back(job)

    def _put_back(self, job: Job) -> None:
        job.tries += 1
        if job.tries >= TRIES:
            job.future.set_exception(RuntimeError(f"{job.function.__name__} lost its worker "
                                                  f"{TRIES} times"))  # fmt: skip
            return
        self._lines.setdefault(job.owner, deque()).appendleft(job)

    def _give_up(self, sentence: str) -> None:
        """Tell everybody who waits that there is no cluster."""
        with self._lock:
            jobs = [*self._running.values(), *(j for line in self._lines.values() for j in line)]
            self._running, self._lines = {}, {}
        self._disconnect()
        for job in jobs:
            with contextlib.suppress(Exception):  # done or cancelled meanwhile
                job.future.set_exception(RuntimeError(sentence))
