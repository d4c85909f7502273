"""The pace that the page tells is the pace that people get."""

import itertools
import re

import pytest

from labs.basics.playground.pace import LEAST, REST, WINDOW, Pace


class Clock:
    """A clock that a test sets."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def told(pace: Pace, clock: Clock, frames, count: int = 0):
    """Show frames, each (seconds since the last, epochs since the last); yield what is told."""
    for seconds, epochs in frames:
        clock.now += seconds
        count += epochs
        yield clock.now, count, pace.note(count)


BURSTS = [(0.05, 60), (0.04, 0), (0.31, 3), (0.02, 25), (0.11, 1), (0.4, 90)]


def test_it_is_the_mean_of_the_last_seconds_however_unevenly_they_come():
    clock = Clock()
    seen = list(told(Pace(clock), clock, itertools.islice(itertools.cycle(BURSTS), 90)))
    end, count, said = seen[-1]
    then, before, _ = min(seen, key=lambda one: abs(end - WINDOW - one[0]))
    assert said == pytest.approx((count - before) / (end - then), rel=0.1)
    whole = sum(n for _, n in BURSTS) / sum(s for s, _ in BURSTS)
    assert said == pytest.approx(whole, rel=0.15)


def test_there_is_none_at_a_beginning_nor_at_rest():
    clock = Clock()
    pace = Pace(clock)
    said = [one for *_, one in told(pace, clock, [(0.1, 40)] * 30)]
    assert said[: int(LEAST / 0.1) - 1] == [None] * (int(LEAST / 0.1) - 1)
    assert said[-1] == pytest.approx(400)
    rest = [one for *_, one in told(pace, clock, [(0.1, 0)] * 30, 1200)]
    assert rest[int(REST / 0.1) + 1 :] == [None] * (29 - int(REST / 0.1))
    again = [one for *_, one in told(pace, clock, [(0.1, 20)] * 30, 1200)]
    assert again[5] is None
    assert again[-1] == pytest.approx(200)


def test_a_rest_after_a_burst_does_not_count():
    clock = Clock()
    pace = Pace(clock)
    assert {one for *_, one in told(pace, clock, [(0.02, 12), *[(0.1, 0)] * 15])} == {None}


def test_a_run_that_begins_again_has_no_pace_of_the_last():
    clock = Clock()
    pace = Pace(clock)
    list(told(pace, clock, [(0.1, 40)] * 30))
    assert pace.note(5) is None
    assert [one for *_, one in told(pace, clock, [(0.1, 10)] * 20, 5)][-1] == pytest.approx(100)


def test_the_page_tells_what_was_trained(lab):
    clock = Clock()
    lab.pace = Pace(clock)
    for _ in range(30):
        clock.now += 0.1
        for _ in range(3):
            lab.step()
        title = lab.frame().notes["titles"]["loss"]
    assert re.fullmatch("30 epochs a second", title)
