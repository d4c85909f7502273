"""What a browser tells of a drawing, checked: it comes from outside and may say anything."""

import base64

from PIL import Image

from labs.drawing.drawing import PIXELS, UNITS, Stroke, check_room
from labs.drawing.mnist import to_picture
from labs.images import decode

WIDTH = 44  # of the pen, where an event does not say
LONGEST_PICTURE = 400_000  # characters


def parse_width(raw: object) -> int:
    """Return the width of a pen; the usual one for what is no whole number."""
    return raw if isinstance(raw, int) and not isinstance(raw, bool) else WIDTH


def parse_points(raw: object) -> list[tuple[int, int]]:
    """Return a browser's points, checked, of which there may be none.  Raises ValueError."""
    if not isinstance(raw, list) or not all(
        isinstance(p, list)
        and len(p) == 2
        and all(isinstance(v, int) and not isinstance(v, bool) and 0 <= v < UNITS for v in p)
        for p in raw
    ):
        raise ValueError(f"Points are pairs of whole numbers from 0 to {UNITS - 1}.")
    return [(x, y) for x, y in raw]


def parse_strokes(raw: object) -> list[Stroke]:
    """Return a browser's strokes, checked, those with no point left out.  Raises ValueError."""
    if not isinstance(raw, list) or not all(isinstance(s, list) and len(s) == 3 for s in raw):
        raise ValueError("A stroke is a width, whether it erases, and points.")
    strokes = [
        Stroke(parse_width(width), erase is True, parse_points(points))
        for width, erase, points in raw
    ]
    check_room(sum(len(stroke.points) for stroke in strokes))
    return [stroke for stroke in strokes if stroke.points]


def parse_picture(raw: object) -> Image.Image | None:
    """Return the picture that a browser kept beneath its strokes, as base64 of a PNG, if any.

    Raises ValueError when it is damaged.
    """
    if raw is None:
        return None
    damaged = ValueError("The kept picture is damaged; the strokes are here without it.")
    if not isinstance(raw, str) or len(raw) > LONGEST_PICTURE:
        raise damaged
    try:
        ink = decode(base64.b64decode(raw, validate=True), PIXELS * PIXELS)
    except ValueError:
        raise damaged from None
    if ink.shape != (1, 1, PIXELS, PIXELS):
        raise damaged
    return to_picture(ink)
