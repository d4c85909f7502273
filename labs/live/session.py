"""Sessions: an experiment, its lock and its unguessable token.

The page keeps the session (in Streamlit's session state); the registry holds it weakly.  So an
experiment dies with its page, and a token that leaks after that opens nothing.
"""

import math
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from weakref import WeakValueDictionary

from labs.live.experiment import Experiment

_sessions: WeakValueDictionary[str, "Session"] = WeakValueDictionary()


class Session:
    """One visitor's experiment.

    `lock` guards the experiment: the channel takes it around every verb, and a page takes it to
    read or change the experiment.  `version` counts the changes; a frame shows one version.
    """

    def __init__(self, experiment: Experiment) -> None:
        self.experiment: Experiment | None = experiment
        self.token = secrets.token_urlsafe(24)
        self.lock = threading.RLock()
        self.version = 1
        self.steps = 0  # taken since the experiment began
        self.playing = False
        self.single = False  # whether it plays for one step only
        self.speed: float | None = None  # steps a second; None: as fast as its share allows
        self.until: int | None = None  # pause when `steps` gets there
        self.opening: int | None = None  # rest here too, until somebody plays or begins anew
        self.shown = False  # whether a stage has been mounted for it
        self.cost = math.inf  # seconds of work for the last frame; infinite: the next may differ
        self.departures = 0  # how often a browser left
        self.painted = threading.Event()  # a browser has a frame on its screen
        self._listeners: set[Callable[[], None]] = set()

    def begin(self, steps: int) -> None:
        """Let a new experiment be at work when it is first seen, and rest after so many steps."""
        if self.version == 1:
            self.playing, self.opening = True, steps
            self.touch()

    @contextmanager
    def changing(self) -> Iterator[Experiment | None]:
        """Hold the experiment while a page changes it; then let everybody see what it is now."""
        with self.lock:
            yield self.experiment
            self.recount()
            self.cost = math.inf
        self.touch()

    def recount(self) -> None:
        """Take over the experiment's own count of steps; one set back no longer rests by itself."""
        before, own = self.steps, self.experiment and self.experiment.steps
        self.steps = before if own is None else own
        if self.steps < before:
            self.opening = None

    def count(self) -> None:
        """Count a step, by the experiment's own count if it has one."""
        own = self.experiment and self.experiment.steps
        self.steps = self.steps + 1 if own is None else own

    def touch(self) -> None:
        """Say that there is something newer to see.  Any thread may call this."""
        self.version += 1
        for wake in list(self._listeners):
            wake()

    def listen(self, wake: Callable[[], None]) -> Callable[[], None]:
        """Call `wake` at every `touch`; return the function that ends this."""
        self._listeners.add(wake)
        return lambda: self._listeners.discard(wake)

    @property
    def end(self) -> int | None:
        """Where it should rest: what "until" says, or else the opening; None: nowhere."""
        return self.opening if self.until is None else self.until

    @property
    def watched(self) -> bool:
        """Whether a browser is connected now."""
        return bool(self._listeners)

    @property
    def released(self) -> bool:
        """Whether the experiment has been let go; the page then makes a new one."""
        return self.experiment is None

    def release(self) -> None:
        """Let go of the experiment.  Its page may sleep on, but it no longer costs memory."""
        with self.lock:
            experiment, self.experiment = self.experiment, None
            self.playing = False
        if experiment is not None:
            experiment.release()


def open_session(experiment: Experiment) -> Session:
    """Return a new session that the live channel can find while somebody holds it."""
    session = Session(experiment)
    _sessions[session.token] = session
    return session


def find(token: str) -> Session | None:
    """Return the living session of `token`, or None."""
    session = _sessions.get(token)
    return None if session is None or session.released else session
