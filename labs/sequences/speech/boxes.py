"""Boxes of a spectrogram that are switched off: from a browser, and in an address."""

from collections.abc import Sequence

from labs.live.checks import places, whole
from labs.live.experiment import Event
from labs.models.speech.mel import BANDS
from labs.sequences.speech.hearing import Box

MOST = 8  # that may be switched off
FARTHEST = 10_000  # windows


def marked(event: Event, last: int) -> Box:
    """Return the box that a brush marks, up to the window `last`; rows are counted from the top.

    Raises ValueError in one sentence.
    """
    box = event.get("box")
    if not isinstance(box, list) or len(box) != 4:
        raise ValueError("A box has a first and a last column, and a first and a last row.")
    columns = sorted(min(whole(v, 0, FARTHEST, "A moment"), last) for v in box[:2])
    bands = sorted(BANDS - 1 - whole(v, 0, BANDS - 1, "A band") for v in box[2:])
    return (*columns, *bands)


def brushed(boxes: Sequence[Box], event: Event, last: int) -> list[Box]:
    """Return the boxes after a brush has moved: a new one where it begins, else a new last one."""
    made = marked(event, last)
    if event.get("begin") is not True and boxes:
        return [*boxes[:-1], made]
    if len(boxes) == MOST:
        raise ValueError(f"{MOST} boxes are switched off; let one go by a click on it.")
    return [*boxes, made]


def to_text(boxes: Sequence[Box]) -> str:
    """Return boxes for an address."""
    return ";".join(".".join(map(str, box)) for box in boxes)


def from_text(text: str, last: int) -> list[Box]:
    """Read what `to_text` wrote, for a sound whose last window is `last`.  Raises ValueError."""
    parts = text[:1000].split(";")
    if len(parts) > MOST:
        raise ValueError(f"The link has {len(parts)} boxes; {MOST} can be switched off.")
    found = [places(part, last, last, BANDS - 1, BANDS - 1) for part in parts]
    return [(*sorted(box[:2]), *sorted(box[2:])) for box in found]
