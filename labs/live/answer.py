"""The answer to a browser: its events taken in, and the frame that shows what they did."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass

from labs.live.experiment import Event, Experiment
from labs.live.frame import encode
from labs.live.session import Session

LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Answer:
    """What is to be sent: a sentence for each fault, and the frame, if one was due."""

    faults: list[str]
    frame: bytes | None = None
    failed: int | None = None  # the version that could not be drawn: it was due, and still is
    ack: int = 0  # where a frame failed: the events that were taken in nevertheless


def answer(session: Session, events: Iterable[Event], *, seq: int, seen: int | None) -> Answer:
    """Let the experiment take the events in; draw it if it is newer than `seen` (None: do not).

    seq: the browser's count of the last event, echoed in the frame.
    """
    with session.lock:
        experiment = session.experiment
        if experiment is None:
            return Answer(["This session is over; reload the page."])
        faults = _receive(session, experiment, events)
        version = session.version
        if seen is None or version <= seen:
            return Answer(faults)
        try:  # a frame that cannot be encoded is no better than one that was not drawn
            data = encode(
                experiment.frame(), version=version, ack=seq, steps=session.steps,
                playing=session.playing, speed=session.speed or 0, until=session.until or 0,
            )  # fmt: skip
        except Exception:
            LOG.exception("an experiment failed to draw a frame")
            faults.append("The experiment could not draw this; change a setting.")
            return Answer(faults, failed=version, ack=seq)
        return Answer(faults, data)


def _known(experiment: Experiment, event: Event) -> bool:
    """Whether a browser that was away says again, of a setting, what the experiment has kept: many
    begin anew at a setting, and nobody has set it.
    """
    name = event.get("setting")
    if event.get("again") is not True or not isinstance(name, str):
        return False
    settings = experiment.settings
    return name in settings and settings[name] == event.get("value")


def _receive(session: Session, experiment: Experiment, events: Iterable[Event]) -> list[str]:
    """Take the events in; return a sentence for each that could not be used."""
    faults, some = [], False
    for event in events:
        some = True
        if _known(experiment, event):
            continue
        try:
            experiment.receive(event)
        except ValueError as fault:
            faults.append(str(fault))
        except Exception:
            LOG.exception("an experiment failed on an event")
            faults.append("The experiment could not use that; it goes on as it was.")
    if some:
        session.recount()
        session.playing = session.playing or experiment.eager
        session.touch()  # other tabs of this session see it too
    return faults
