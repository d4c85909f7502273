"""The form of a drawing that is short enough for a link."""

import zlib
from collections.abc import Sequence

from labs import urlsafe
from labs.drawing.drawing import MAX_POINTS, UNITS, WIDTHS, Stroke

LONGEST = 60_000  # characters


def to_link(strokes: Sequence[Stroke]) -> str:
    """Return strokes as URL-safe text: widths and zigzag differences as varints, deflated."""
    numbers: list[int] = []
    for stroke in strokes:
        numbers += [stroke.width << 1 | stroke.erase, len(stroke.points)]
        previous = (0, 0)
        for point in stroke.points:
            for now, before in zip(point, previous, strict=True):
                step = now - before
                numbers.append(step << 1 if step >= 0 else (-step << 1) - 1)
            previous = point
    data = bytearray()
    for number in numbers:
        while number > 127:
            data.append(number & 127 | 128)
            number >>= 7
        data.append(number)
    packed = zlib.compress(bytes(data), 9, wbits=-15)
    return urlsafe.to_text(packed)


def from_link(text: str) -> list[Stroke]:
    """Return the strokes of a link.  Raises ValueError for anything that `to_link` cannot make."""
    broken = ValueError("The drawing in the link is damaged; the page starts with its own.")
    try:
        packed = urlsafe.from_text(text[:LONGEST])
        unpack = zlib.decompressobj(wbits=-15)
        data = unpack.decompress(packed, 8 * MAX_POINTS)
        if not unpack.eof or unpack.unused_data:
            raise broken
    except (ValueError, zlib.error):
        raise broken from None
    numbers, number, shift = [], 0, 0
    for byte in data:
        number |= (byte & 127) << shift
        shift = shift + 7 if byte & 128 else 0
        if not shift:
            numbers.append(number)
            number = 0
    strokes: list[Stroke] = []
    stream = iter(numbers)
    try:
        for head in stream:
            stroke = Stroke(head >> 1, bool(head & 1))
            x = y = 0
            for _ in range(next(stream)):
                x, y = x + _unzigzag(next(stream)), y + _unzigzag(next(stream))
                stroke.points.append((x, y))
            strokes.append(stroke)
    except StopIteration:
        raise broken from None
    inside = all(0 <= v < UNITS for stroke in strokes for point in stroke.points for v in point)
    few = sum(len(stroke.points) for stroke in strokes) <= MAX_POINTS
    sized = all(WIDTHS[0] <= stroke.width <= WIDTHS[1] and stroke.points for stroke in strokes)
    if shift or not strokes or not inside or not sized or not few:
        raise broken
    return strokes


def _unzigzag(number: int) -> int:
    return -(number + 1 >> 1) if number & 1 else number >> 1
