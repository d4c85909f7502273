"""Challenges for a net that learns a small task."""

from collections.abc import Mapping

from labs.live.challenges import Challenge
from labs.training.course import Course


def _right(settings: Mapping, steps: int, right: float, matches: Mapping[str, Course]) -> bool:
    return steps > 0 and right >= 0.95 and settings["task"] == "dates"


def _long(settings: Mapping, steps: int, right: float, matches: Mapping[str, Course]) -> bool:
    return (
        steps > 0 and right >= 0.9 and settings["task"] == "reverse" and settings["longest"] >= 16
    )


def _behind(settings: Mapping, steps: int, right: float, matches: Mapping[str, Course]) -> bool:
    a, p = (matches.get(net, ()) for net in ("attention", "plain"))
    together = min(a[-1][0], p[-1][0]) if a and p else 0
    if settings["task"] == "dates" or together < 200:
        return False
    at = [max(m[1] for m in course if m[0] <= together) for course in (a, p)]
    return at[0] - at[1] >= 0.5


LEARNING = (
    Challenge("dates", "Teach it dates: 95 % of the unseen ones right.",
        "Let it train; with attention some hundred steps are enough.", _right),
    Challenge("long", "Teach it to reverse up to 16 letters, 90 % of the unseen strings right.",
        "Choose “reverse”, 16 letters or more, and attention. A string goes wrong by one letter.",
        _long),
    Challenge("behind",
        "Show what one vector costs: after the same number of steps, at least 200, the net without "
        "attention is 50 points behind.",
        "Letters, not dates. Train with attention first, then switch: both curves stay.", _behind),
)  # fmt: skip
