"""What a browser may say: a Message or one sentence."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labs.live.messages import MAX_EVENTS, SPEEDS, Message, parse
from tests.sentences import is_one_sentence

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(st.text(max_size=9), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip
TRANSPORT = st.dictionaries(st.sampled_from(["playing", "step", "speed", "until", "x"]), JSON)
MESSAGES = st.dictionaries(
    st.sampled_from(["seq", "events", "pull", "transport", "x"]),
    JSON | TRANSPORT | st.lists(st.dictionaries(st.text(max_size=5), JSON), max_size=3),
)


def check(text: str | None) -> None:
    try:
        message = parse(text)
    except ValueError as fault:
        assert is_one_sentence(str(fault)), str(fault)
        return
    assert isinstance(message, Message)
    assert isinstance(message.seq, int)
    assert message.seq >= 0
    assert message.pull is None or message.pull >= 0
    assert all(isinstance(event, dict) for event in message.events)
    if message.transport and message.transport.get("speed") is not None:
        assert SPEEDS[0] <= message.transport["speed"] <= SPEEDS[1]


@given(st.text(max_size=60))
def test_any_text(text):
    check(text)


@given(MESSAGES | JSON)
def test_any_json(value):
    check(json.dumps(value))


def test_a_good_message_arrives_whole():
    events = [{"kind": "stroke", "points": [[1, 2]]}] * MAX_EVENTS
    transport = {"playing": True, "speed": 3.5, "until": 40}
    message = parse(json.dumps({"seq": 4, "events": events, "pull": 0, "transport": transport}))
    assert message == Message(4, tuple(events), 0, transport)
    assert parse("{}") == Message()


@pytest.mark.parametrize(
    "transport", [{"speed": None}, {"until": None}, {"speed": 0.1}, {"step": False}]
)
def test_what_transport_may_say(transport):
    assert parse(json.dumps({"transport": transport})).transport == transport


@pytest.mark.parametrize(
    "transport",
    [[], "play", {"playing": 1}, {"playing": None}, {"step": "yes"}, {"speed": 0}, {"speed": -1},
     {"speed": 1001}, {"speed": True}, {"speed": "fast"}, {"speed": 10**400}, {"until": -1},
     {"until": 2.0}, {"until": True}, {"until": 2**53}, {"other": 1}],
)  # fmt: skip
def test_what_transport_may_not_say(transport):
    with pytest.raises(ValueError) as caught:
        parse(json.dumps({"transport": transport}))
    assert is_one_sentence(str(caught.value))


def test_binary_is_refused():
    with pytest.raises(ValueError, match="binary"):
        parse(None)
