"""The transport: play, pause, single step, speed and "until", for any experiment.

They are the channel's business and never the experiment's, which only knows one step.
"""

import logging
import time
from collections.abc import Mapping

from labs.live.session import Session

LOG = logging.getLogger(__name__)


def drive(session: Session, command: Mapping[str, bool | float | None]) -> None:
    """Do what a checked `transport` message says: playing, step, speed, until."""
    if "speed" in command:
        session.speed = command["speed"]
    if "until" in command:
        session.until = command["until"]
    session.opening = None
    if command.get("step"):
        session.playing = session.single = True
    elif "playing" in command:
        session.playing, session.single = command["playing"], False
        if session.until is not None and session.until <= session.steps:
            session.until = None  # pressed play again where it had stopped
    session.touch()


def advance(session: Session, budget: float) -> str:
    """Step for `budget` seconds, or once at a set speed; return what went wrong, or "".

    It runs in a worker thread, and the event loop may drive the session at any time.
    """
    trouble = ""
    end = time.perf_counter() + budget
    with session.lock:
        while session.playing and session.experiment is not None:
            until = session.opening if session.until is None else session.until
            if until is not None and session.steps >= until and not session.single:
                session.playing, session.opening = False, None
                break
            try:
                more = session.experiment.step()
            except Exception:
                LOG.exception("an experiment failed in a step")
                trouble = "The experiment failed in a step and was paused."
                more = False
            session.steps += 1
            if not more or session.steps == until or session.single:
                session.playing = session.single = False
                session.opening = None
            if session.speed is not None or time.perf_counter() >= end:
                break
    return trouble
