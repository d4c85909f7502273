"""Drawings: strokes, their picture, their link, what is said of them, what a browser tells."""

from labs.drawing.drawing import (
    MAX_POINTS,
    PIXELS,
    UNITS,
    WIDTHS,
    Drawing,
    Stroke,
    check_room,
    until,
)
from labs.drawing.link import from_link, to_link
from labs.drawing.record import Record
from labs.drawing.told import parse_picture, parse_points, parse_strokes, parse_width

__all__ = [
    "MAX_POINTS",
    "PIXELS",
    "UNITS",
    "WIDTHS",
    "Drawing",
    "Record",
    "Stroke",
    "check_room",
    "from_link",
    "parse_picture",
    "parse_points",
    "parse_strokes",
    "parse_width",
    "to_link",
    "until",
]
