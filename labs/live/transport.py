"""The transport: play, pause, single step, speed and "until", for any experiment.

They are the channel's business and never the experiment's, which only knows one step.
"""

import logging
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack

from labs.live.session import Session

LOG = logging.getLogger(__name__)
FAILED = "The experiment failed in a step and was paused."


def drive(session: Session, command: Mapping[str, bool | float | None]) -> None:
    """Do what a checked `transport` message says: playing, step, speed, until."""
    if "speed" in command:
        session.speed = command["speed"]
    if "until" in command:
        session.until = command["until"]
    if command.get("step") or "playing" in command:
        session.opening = None
    if command.get("step"):
        session.playing = session.single = True
    elif "playing" in command:
        session.playing, session.single = command["playing"], False
        if session.until is not None and session.until <= session.steps:
            session.until = None  # pressed play again where it had stopped
    session.touch()


def advance(sessions: Sequence[Session], budget: float) -> dict[Session, str]:
    """Step sessions that are alike for `budget` seconds, or once where a speed is set; return what
    went wrong with each, or "".  A session that a page is reading is left out, also of the answer.

    It runs in a worker thread, and the event loop may drive the sessions at any time.
    """
    end = time.perf_counter() + budget
    with ExitStack() as held:
        free = [session for session in sessions if _hold(session, held)]
        faults = dict.fromkeys(free, "")
        going = _alike([session for session in free if _goes_on(session)])
        while going:
            for session, more in zip(going, _step(going, faults), strict=True):
                session.count()
                if not more or session.single or session.steps == session.end:
                    session.playing = session.single = False
                    session.opening = None
            if time.perf_counter() >= end:
                break
            going = [s for s in going if s.speed is None and _goes_on(s)]
    return faults


def _hold(session: Session, held: ExitStack) -> bool:
    """Hold a session's lock unless a page has it: all who train would wait for that page."""
    got = session.lock.acquire(blocking=False)
    if got:
        held.callback(session.lock.release)
    return got


def _goes_on(session: Session) -> bool:
    """Whether a session has a step to take; one that is where it should rest now rests."""
    if not session.playing or session.experiment is None:
        return False
    if session.end is not None and session.steps >= session.end and not session.single:
        session.playing, session.opening = False, None
    return session.playing


def _alike(sessions: Sequence[Session]) -> Sequence[Session]:
    """Those who are still like the first: a hand may have changed one while it waited."""
    kinds = [session.experiment.alike for session in sessions]
    if len(sessions) < 2 or kinds[0] is None:
        return sessions[:1]
    return [s for s, kind in zip(sessions, kinds, strict=True) if kind == kinds[0]]


def _step(sessions: Sequence[Session], faults: dict[Session, str]) -> Sequence[bool]:
    """Let every session take a step, those alike as one; return who has another to take."""
    if len(sessions) > 1:
        experiments = [session.experiment for session in sessions]
        try:
            steps = type(experiments[0]).step_all(experiments)
            return [bool(more) for _, more in zip(sessions, steps, strict=True)]
        except Exception:
            LOG.exception("experiments failed in a step together")  # whose fault it is shows alone
    return [_step_one(session, faults) for session in sessions]


def _step_one(session: Session, faults: dict[Session, str]) -> bool:
    try:
        return bool(session.experiment.step())
    except Exception:
        LOG.exception("an experiment failed in a step")
        faults[session] = FAILED
        return False
