"""The inbox: the events of a browser that its experiment has not taken in yet.

Of one knob, handle, point or weight only the newest value waits: a knob dragged at 60 events a
second may be turned faster than the experiment follows.  `link.js` does the same.
"""

import math
from collections.abc import Iterable

from labs.live.experiment import Event

LATEST = frozenset(
    ("hover", "leave", "move", "weight", "handle", "moment", "slide", "start", "edit")
)
SAME = ("setting", "kind", "panel", "name", "index", "layer", "unit", "source")

Key = tuple[object, ...]


class Inbox:
    """Events in order.  A value replaces an older one of the same knob, unless something else than
    a value (a click, a stroke, a choice) came between them, which may have used the older one.
    """

    def __init__(self) -> None:
        self._events: dict[Key, Event] = {}
        self._others = 0  # how many that are no values have come

    def __len__(self) -> int:
        return len(self._events)

    @property
    def weight(self) -> float:
        """How many points and values wait; infinite with an event that may cost anything."""
        return sum(map(weight, self._events.values()))

    def add(self, event: Event) -> None:
        """Let an event wait behind the others."""
        which = replaced(event)
        self._others += which is None
        key = (self._others, which)
        self._events.pop(key, None)
        self._events[key] = event

    def empty(self) -> list[Event]:
        """Return all that wait, and wait for none of them any more."""
        events, self._events = list(self._events.values()), {}
        return events

    def put_back(self, events: Iterable[Event]) -> None:
        """Let events that were taken out wait again, before those that came meanwhile."""
        later = self.empty()
        for event in (*events, *later):
            self.add(event)


def weight(event: Event) -> float:
    """Return the points of a stroke, 1 for a knob's value, and infinity for anything else: what an
    undo, a choice or a click costs is not known beforehand.
    """
    points = event.get("points")
    if event.get("kind") == "stroke" and isinstance(points, list):
        return len(points)
    return 1 if _is_knob(event) else math.inf


def _is_knob(event: Event) -> bool:
    value = event.get("value")
    return "setting" in event and isinstance(value, int | float) and not isinstance(value, bool)


def replaced(event: Event) -> Key | None:
    """Return what names the events that this one replaces; None if it replaces none."""
    which = tuple(event.get(name) for name in SAME)
    if not all(isinstance(part, str | int | float | None) for part in which):
        return None  # a stranger's: a list cannot be a key
    return which if _is_knob(event) or event.get("kind") in LATEST else None
