"""Long work never runs in the event loop, whatever a class says of itself."""

import threading
import time
from collections.abc import Mapping

import pytest
from starlette.testclient import TestClient

from labs.live import Frame, open_session
from labs.live.connection import BRIEF
from labs.vision.digit import Digit, experiment
from tests.live.conftest import Counter, browse

LONG = 4 * BRIEF  # seconds of work
POINT = {"panel": "x", "kind": "stroke", "begin": True, "points": [[200, 200]], "width": 40}


def loop_of(client: TestClient) -> int:
    """Return the thread in which the server's event loop runs."""

    async def here() -> int:
        return threading.get_ident()

    return client.portal.call(here)


class Boast(Counter):
    """Says that it is quick, and is not: an event costs what it says, and so does each frame."""

    quick = True

    def __init__(self) -> None:
        super().__init__()
        self.each = 0.0  # seconds for a frame
        self.long: list[int] = []  # the threads that worked for long
        self.threads: list[int] = []  # those that made frames

    def receive(self, event: Mapping) -> None:
        super().receive(event)
        self.each = event.get("each", self.each)
        self.work(event.get("work", 0.0))

    def frame(self) -> Frame:
        self.threads.append(threading.get_ident())
        self.work(self.each)
        return super().frame()

    def work(self, seconds: float) -> None:
        """Compute; to sleep would be no work."""
        end = time.thread_time() + seconds
        while time.thread_time() < end:
            sum(range(100))
        if seconds:
            self.long.append(threading.get_ident())


def test_what_a_class_that_calls_itself_quick_does_for_long_is_done_in_a_thread(client, subtests):
    kinds = {
        "an undo": [{"panel": "x", "kind": "undo", "work": LONG}],
        "a choice with long frames": [{"setting": "method", "value": "occlusion", "each": LONG}],
        "a drawing in one event": [POINT | {"points": [[1, 1]] * 3000, "work": LONG}],
        "a drawing in many events": [POINT | {"work": LONG / 10, "points": [[1, 1]] * 9}] * 64,
    }
    for name, events in kinds.items():
        with subtests.test(name):
            session = open_session(Boast())
            with browse(client, session) as browser:
                for _ in range(3):  # it is known to be quick
                    browser.pull(events=[POINT])
                browser.pull(events=events)
                browser.pull(events=[POINT])
            assert session.experiment.long
            assert loop_of(client) not in session.experiment.long


def test_a_frame_of_what_a_page_has_changed_is_not_known_to_be_short(client):
    session = open_session(Boast())
    with browse(client, session) as browser:
        for _ in range(3):
            browser.pull(events=[POINT])
        with session.changing() as boast:
            boast.each = LONG
        browser.pull()
    assert session.experiment.long
    assert loop_of(client) not in session.experiment.long


def test_work_that_turns_out_long_is_done_once_in_the_loop_at_most(client):
    session = open_session(Boast())
    knob = {"setting": "depth", "value": 50, "each": LONG}
    with browse(client, session) as browser:
        for _ in range(3):
            browser.pull(events=[POINT])
        for _ in range(5):
            browser.pull(events=[knob])
    assert len(session.experiment.long) == 5
    assert session.experiment.long.count(loop_of(client)) == 1


def test_short_work_needs_no_thread(client):
    session = open_session(Boast())
    with browse(client, session) as browser:
        for _ in range(4):
            browser.pull(events=[POINT])
    assert session.experiment.threads[1:] == [loop_of(client)] * 3


@pytest.mark.parametrize("kind", ["undo", "sample"])
def test_the_digit_reads_a_whole_drawing_in_a_thread(client, monkeypatch, kind):
    forwards: list[int] = []
    forward = experiment.forward

    def noted(*args: object) -> object:
        forwards.append(threading.get_ident())
        return forward(*args)

    session = open_session(Digit())
    strokes = [[44, False, [[40 + 20 * k, 9 * i] for i in range(50)]] for k in range(9)]
    with browse(client, session) as browser:
        browser.pull(events=[{"panel": "x", "kind": "restore", "strokes": strokes}])
        for _ in range(3):
            browser.pull(events=[POINT])
        monkeypatch.setattr(experiment, "forward", noted)
        browser.pull(events=[{"panel": "x", "kind": kind, "value": 3}])
    assert len(forwards) > 5
    assert loop_of(client) not in forwards
