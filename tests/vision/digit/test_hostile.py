"""What a browser may not say to the digit lab: every event is taken, or refused in a sentence."""

import copy
import itertools
import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labs.live import encode
from labs.vision.digit import Digit
from tests.sentences import is_one_sentence


@pytest.fixture(scope="module")
def shared() -> Digit:
    """One lab for events that must not change it."""
    return Digit()


HUGE = 10**400  # JSON can say it, a float cannot hold it

JUNK = (None, True, -1, 2.5, "", "junk" * 999, "\ud800", [], {}, [[]], {"a": [1]}, math.nan,
        math.inf, -math.inf, 1e308, HUGE, -HUGE)  # fmt: skip
SHAPES_OF_EVENTS = {
    "kind": lambda v: {"kind": v},
    "panel": lambda v: {"panel": v, "kind": "click", "unit": 0, "row": 0, "col": 0},
    "unit": lambda v: {"panel": "conv1", "kind": "click", "unit": v, "row": 0, "col": 0},
    "row": lambda v: {"panel": "conv1", "kind": "click", "unit": 0, "row": v, "col": 0},
    "kernels": lambda v: {"panel": "kernels2", "kind": "click", "unit": v},
    "index": lambda v: {"kind": "edit", "index": v, "value": 1},
    "edit": lambda v: {"kind": "edit", "index": 3, "value": v},
    "visible": lambda v: {"setting": "visible", "value": v},
    "pad kind": lambda v: {"panel": "x", "kind": v},
    "moment": lambda v: {"panel": "timeline", "kind": "moment", "value": v},
    "sample": lambda v: {"panel": "x", "kind": "sample", "value": v},
    "link": lambda v: {"panel": "x", "kind": "link", "value": v},
    "points": lambda v: {"panel": "x", "kind": "stroke", "points": v},
    "point": lambda v: {"panel": "x", "kind": "stroke", "points": [[v, 3]]},
    "restore": lambda v: {"panel": "x", "kind": "restore", "strokes": v},
    "base": lambda v: {"panel": "x", "kind": "restore", "strokes": [], "base": v},
}


def test_a_hostile_event_is_taken_or_refused_in_a_sentence(shared, subtests):
    for what, value in itertools.product(SHAPES_OF_EVENTS, JUNK):
        with subtests.test(what, value=ascii(value)[:40]):
            try:
                shared.receive(SHAPES_OF_EVENTS[what](value))
            except ValueError as fault:
                assert is_one_sentence(str(fault)), str(fault)


def test_after_all_that_it_still_draws(shared):
    shared.receive({"panel": "x", "kind": "sample", "value": 2})
    shared.receive({"setting": "reset"})
    shared.receive({"setting": "visible", "value": None})
    shared.receive({"setting": "tilt", "value": 0})
    assert shared.frame().values["softmax"].argmax() == 2
    encode(shared.frame())


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(st.text(max_size=9), inner, max_size=4),
    max_leaves=8,
)  # fmt: skip
WORDS = st.sampled_from(
    ["x", "timeline", "click", "edit", "stroke", "moment", "sample", "link", "restore", "conv1",
     "softmax", "fc1", "tilt", "view", "switch", "visible", "undo", "lift", "hello"]
)  # fmt: skip
EVENTS = st.dictionaries(
    st.sampled_from(["kind", "panel", "setting", "value", "unit", "row", "col", "index", "points",
                     "strokes", "base", "begin", "width", "erase"]),
    WORDS | VALUES,
)  # fmt: skip


@given(EVENTS)
@settings(max_examples=200)
def test_any_event_is_taken_or_refused(shared, event):
    kept = copy.deepcopy(event)
    try:
        shared.receive(event)
    except ValueError as fault:
        assert is_one_sentence(str(fault)), str(fault)
    assert json.dumps(event, sort_keys=True) == json.dumps(kept, sort_keys=True)
