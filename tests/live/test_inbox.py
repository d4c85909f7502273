"""The inbox: of one knob only the newest value waits, and nothing else is lost or reordered."""

import random

from labs.live.inbox import Inbox


def after(*events: dict) -> list[dict]:
    inbox = Inbox()
    for event in events:
        inbox.add(event)
    waiting, left = len(inbox), inbox.empty()
    assert waiting == len(left)
    assert len(inbox) == 0
    return left


def knob(value: object, name: str = "rate") -> dict:
    return {"setting": name, "value": value}


def drag(kind: str, x: float, **which: object) -> dict:
    return {"panel": "p", "kind": kind, "x": x, **which}


def test_two_knobs_dragged_at_once_leave_one_value_each():
    events = [event for v in range(60) for event in (knob(v), knob(-v, "width"))]
    assert after(*events) == [knob(59), knob(-59, "width")]


def test_places_under_the_pointer_are_values_too(subtests):
    for kind in ("hover", "move", "weight", "handle", "moment", "slide", "start", "edit"):
        with subtests.test(kind):
            events = [drag(kind, x, index=x % 2) for x in range(10)]
            assert after(*events) == events[-2:]


def test_nothing_else_is_merged_and_no_value_is_that_something_used(subtests):
    between = {
        "a button": {"setting": "reset", "value": True},
        "a choice": {"setting": "preset", "value": "deep"},
        "the cards in sight": {"setting": "visible", "value": ["net"]},
        "a stroke": {"panel": "x", "kind": "stroke", "points": [[1, 2]]},
        "a click": {"panel": "net", "kind": "click", "unit": 1},
        "nothing": {},
    }
    for name, event in between.items():
        with subtests.test(name):
            assert after(event, event) == [event, event]
            assert after(knob(1), event, knob(2)) == [knob(1), event, knob(2)]


def test_whatever_a_stranger_sends_is_kept_as_it_is():
    odd = (None, 0, 1, True, 1.5, "rate", [], {}, [[1]], float("inf"))
    rng = random.Random(0)
    for _ in range(500):
        event = {name: rng.choice(odd) for name in ("setting", "kind", "panel", "index", "value")}
        assert after(knob(1), event)[-1] is event


def test_the_values_left_end_where_all_of_them_would():
    rng = random.Random(1)
    events = [
        knob(rng.random(), rng.choice("abc")) if rng.random() < 0.8 else {"kind": "click"}
        for _ in range(300)
    ]

    def play(some: list[dict]) -> list[dict]:
        """Return the knobs' values at each click, and at the end."""
        state, moments = {}, []
        for event in some:
            if "setting" in event:
                state[event["setting"]] = event["value"]
            else:
                moments.append(dict(state))
        return [*moments, state]

    left = after(*events)
    assert len(left) < len(events)
    assert play(left) == play(events)
