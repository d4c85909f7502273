"""What a browser may say, checked: one worded sentence for each kind of bad message."""

from dataclasses import dataclass
from typing import Any

import orjson

MAX_BYTES = 1_000_000  # an uploaded drawing is 20 kB, a stroke 0.1 kB
MAX_EVENTS = 64
SPEEDS = (0.1, 1000.0)  # steps a second


@dataclass(frozen=True)
class Message:
    """One message of the browser: events in order, and at most one request for a frame."""

    seq: int = 0  # the browser's count, echoed in the frame that shows the events' effect
    events: tuple[dict[str, Any], ...] = ()
    pull: int | None = None  # the version that the browser has painted
    transport: dict[str, Any] | None = None  # play, pause, step, speed, until


def parse(text: str | None) -> Message:
    """Return the message in `text`.  Raises ValueError, one sentence for each kind of fault."""
    if text is None:
        raise ValueError("The channel takes JSON text, and this message is binary.")
    if len(text) > MAX_BYTES:
        raise ValueError(f"The message has {len(text):,} characters; the limit is {MAX_BYTES:,}.")
    try:
        raw = orjson.loads(text)
    except ValueError:  # also for NaN and half a character
        raise ValueError("The message is not JSON.") from None
    if not isinstance(raw, dict):
        raise ValueError("A message is a JSON object.")
    events = raw.get("events", [])
    if not isinstance(events, list) or not all(isinstance(event, dict) for event in events):
        raise ValueError("`events` is a list of objects.")
    if len(events) > MAX_EVENTS:
        raise ValueError(f"{len(events)} events in one message; the limit is {MAX_EVENTS}.")
    transport = raw.get("transport")
    if transport is not None:
        transport = _transport(transport)
    return Message(_count(raw, "seq") or 0, tuple(events), _count(raw, "pull"), transport)


def _count(raw: dict[str, Any], name: str) -> int | None:
    value = raw.get(name)
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**53:
        raise ValueError(f"`{name}` is a whole number from 0 on.")
    return value


def _transport(raw: Any) -> dict[str, Any]:
    if not isinstance(raw, dict) or not raw.keys() <= {"playing", "step", "speed", "until"}:
        raise ValueError("`transport` knows playing, step, speed and until.")
    if not all(isinstance(raw.get(name, False), bool) for name in ("playing", "step")):
        raise ValueError("`playing` and `step` are true or false.")
    speed = raw.get("speed")
    number = isinstance(speed, int | float) and not isinstance(speed, bool)
    if speed is not None and not (number and SPEEDS[0] <= speed <= SPEEDS[1]):
        raise ValueError(f"`speed` lies between {SPEEDS[0]} and {SPEEDS[1]:.0f} steps a second.")
    _count(raw, "until")
    return raw
