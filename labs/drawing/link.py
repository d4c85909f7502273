"""The form of a drawing that is short enough for a link.

Numbers from 0 to 65,535, all their low bytes before their high ones, deflated by zlib:

    [strokes, 2 width + erase of each, points of each, dx + 128 of all points, dy + 128 of all]

dx and dy lead from the point before, also across strokes, and count modulo 512.
"""

import zlib
from collections.abc import Sequence
from itertools import chain

import numpy as np

from labs import urlsafe
from labs.drawing.drawing import MAX_POINTS, UNITS, WIDTHS, Stroke

LONGEST = 60_000  # characters
MOST = 1 + 4 * MAX_POINTS  # numbers
NEAR = 128  # added to a difference: a near point's has a high byte of 0


def to_link(strokes: Sequence[Stroke]) -> str:
    """Return strokes as URL-safe text."""
    numbers = chain.from_iterable(point for stroke in strokes for point in stroke.points)
    points = np.fromiter(numbers, int).reshape(-1, 2)
    steps = (np.diff(points, axis=0, prepend=0) + NEAR) % UNITS
    heads = [stroke.width << 1 | stroke.erase for stroke in strokes]
    counts = [len(stroke.points) for stroke in strokes]
    row = np.concatenate([[len(strokes)], heads, counts, steps.T.ravel()])
    planes = row.astype("<u2").view(np.uint8).reshape(-1, 2).T
    return urlsafe.to_text(zlib.compress(planes.tobytes()))


def from_link(text: str) -> list[Stroke]:
    """Return the strokes of a link.  Raises ValueError for anything that `to_link` cannot make."""
    broken = ValueError("The drawing in the link is damaged; the page starts with its own.")
    try:
        packed = urlsafe.from_text(text[:LONGEST])
        new = packed[:1] == b"x"  # zlib's first byte; no bare deflate stream begins with it
        unpack = zlib.decompressobj() if new else zlib.decompressobj(-zlib.MAX_WBITS)
        data = np.frombuffer(unpack.decompress(packed, 2 * MOST), np.uint8)
        if not unpack.eof or unpack.unused_data:
            raise broken
        heads, counts, points = _planes(data) if new else _varints(data)
    except (ValueError, IndexError, zlib.error):
        raise broken from None
    sized = ((heads >= 2 * WIDTHS[0]) & (heads < 2 * WIDTHS[1] + 2)).all() and (counts > 0).all()
    inside = ((points >= 0) & (points < UNITS)).all()
    if not len(heads) or not sized or not inside or not counts.sum() == len(points) <= MAX_POINTS:
        raise broken
    ends, path = counts.cumsum().tolist(), list(zip(*points.T.tolist(), strict=True))
    parts = [path[start:end] for start, end in zip([0, *ends], ends, strict=False)]
    return list(map(Stroke, (heads >> 1).tolist(), (heads % 2 == 1).tolist(), parts))


def _planes(data: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return each stroke's width and erasing, each stroke's points, and all points (N, 2)."""
    low, high = data.reshape(2, -1).astype(int)
    numbers = low + 256 * high
    heads, counts, steps = np.split(numbers[1:], [numbers[0], 2 * numbers[0]])
    return heads, counts, (steps.reshape(2, -1).T - NEAR).cumsum(0) % UNITS


def _varints(data: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the same of an older link: varints, stroke by stroke, with zigzag differences from
    the point before, or (0, 0).  None of its numbers needs more than two bytes.
    """
    more = data > 127
    if more[-1] or (more[1:] & more[:-1]).any():
        raise ValueError("a number of three bytes")
    after = np.concatenate([[False], more[:-1]])
    numbers = np.where(after, data.astype(int) << 7 | np.roll(data, 1) & 127, data)[~more]
    starts, at, row = [], 0, numbers.tolist()
    while at < len(row) and len(starts) <= MAX_POINTS:
        starts.append(at)
        at += 2 + 2 * row[at + 1]
    if at != len(row):
        raise ValueError("more or fewer points than there should be")
    starts = np.array(starts)
    heads, counts = numbers[starts], numbers[starts + 1]
    steps = np.delete(numbers, np.concatenate([starts, starts + 1])).reshape(-1, 2)
    ways = np.where(steps & 1, -(steps + 1 >> 1), steps >> 1).cumsum(0)
    before = np.concatenate([[[0, 0]], ways])[counts.cumsum() - counts]
    return heads, counts, ways - before.repeat(counts, 0)
