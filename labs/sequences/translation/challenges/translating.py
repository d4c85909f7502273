"""Challenges where a sentence is translated."""

import itertools
from collections.abc import Mapping

from labs.live.challenges import Challenge
from labs.sequences.translation.trace import Trace


def _dragged(trace: Trace | None, settings: Mapping, first: str) -> bool:
    """Whether moved attention, and nothing else, has changed what is said."""
    if trace is None or not trace.acts.aims or trace.acts.forced or trace.acts.teacher:
        return False
    return trace.acts.off_from is None and not trace.acts.zeroed and trace.text != first


def _lost(trace: Trace | None, settings: Mapping, first: str) -> bool:
    if trace is None or len(trace.acts.zeroed) != 1 or trace.acts.teacher:
        return False
    only = not trace.acts.aims and not trace.acts.forced and trace.acts.off_from is None
    return only and trace.text != first


def _swapped(trace: Trace | None, settings: Mapping, first: str) -> bool:
    """Whether an adjective's and its noun's order is crossed: the looks go back by a place."""
    if trace is None or trace.acts.aims or settings["net"] != "attention":
        return False
    looks = trace.attention[: len(trace.tokens)]
    sure = [(int(row.argmax()), float(row.max())) for row in looks]
    back = sum(b[0] < a[0] and min(a[1], b[1]) > 0.5 for a, b in itertools.pairwise(sure))
    return back >= 2


TRANSLATING = (
    Challenge("dragged", "Drag attention to another word, and have it say something else.",
        "Pull a French noun under the lines to another English noun.", _dragged),
    Challenge("unit", "Find one unit of the encoder without which the sentence becomes another.",
        "Click in the map of states; a sentence of which the net is unsure changes soonest.",
        _lost),
    Challenge("crossed", "Find a sentence whose lines cross twice: sure looks that go back.",
        "French puts most adjectives after the noun: a black cat and a red flower.", _swapped),
)  # fmt: skip
