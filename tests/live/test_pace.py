"""The pace: a flood is read slowly and whole, and no hand is fast enough to be one."""

import json
import time

import pytest

from labs.live import open_session, pace
from labs.live.pace import BURST, LONGEST, RATE, Pace, work
from tests.live.conftest import Counter, browse


@pytest.fixture
def clock(monkeypatch) -> list[float]:
    """A clock that stands still until a test moves it."""
    now = [100.0]
    monkeypatch.setattr(pace.time, "monotonic", lambda: now[0])
    return now


def stroke(points: int) -> int:
    """Return the characters of a message with so many points, pulling a frame."""
    event = {"panel": "x", "kind": "stroke", "begin": False, "width": 44, "erase": False}
    event["points"] = [[511, 511]] * points
    return len(json.dumps({"seq": 10**6, "events": [event], "pull": 10**6}))


def test_a_flood_is_read_at_the_rate_or_one_message_a_second(clock):
    for points in (1, 64, 1000, 4096, 80_000):
        account, begun, length = Pace(), clock[0], stroke(points)
        for _ in range(1000):
            clock[0] += account.wait(length)
        each = min(length / RATE, LONGEST)
        assert clock[0] - begun >= 999 * each - BURST / RATE


def test_the_fastest_hand_never_waits(clock):
    """60 messages a second with the points of a mouse that reports 1000 times a second."""
    account = Pace()
    for _ in range(60 * 60):
        clock[0] += 1 / 60
        assert account.wait(stroke(17)) == 0


def test_a_camera_is_not_held_back(clock):
    """Ten pictures a second of 192 pixels a side, 16,000 characters each as a JPEG."""
    account = Pace()
    for _ in range(600):
        clock[0] += 0.1
        event = {"panel": "camera", "kind": "picture", "data": "x" * 16_000}
        assert account.wait(work(len(json.dumps({"events": [event]})), [event])) == 0


def test_one_long_message_is_waited_for_once(clock):
    """A picture that a browser kept is sent after a reconnection, and then the hand goes on."""
    account = Pace()
    assert account.wait(400_000) == pytest.approx(LONGEST)
    clock[0] += LONGEST
    assert account.wait(20) < 0.01
    clock[0] += BURST / RATE
    assert account.wait(stroke(1000)) == 0


def test_nothing_of_a_flood_is_lost_and_others_are_served_meanwhile(client, monkeypatch):
    monkeypatch.setattr(pace, "RATE", 200_000)
    flooding, other = open_session(Counter()), open_session(Counter())
    with browse(client, flooding) as flood, browse(client, other) as hand:
        flood.pull()
        hand.pull()
        begun = time.monotonic()
        for number in range(1, 11):
            flood.say(seq=number, events=[{"a": number, "points": [[1, 1]] * 5000}])
        assert hand.pull(seq=1, events=[{"a": 1}]).ack == 1
        assert len(flooding.experiment.events) < 5
        flood.pull_until(lambda seen: seen.ack == 10)
        assert time.monotonic() - begun > 1.5  # 400,000 characters beyond the burst
    assert [event["a"] for event in flooding.experiment.events] == list(range(1, 11))


def test_one_fault_many_times_over_is_one_sentence(client):
    with browse(client, open_session(Counter())) as browser:
        browser.say(pull=0, seq=1, events=[{"bad": 1}] * 64)
        assert browser.fault() == "That is bad."
        assert browser.frame().ack == 1
