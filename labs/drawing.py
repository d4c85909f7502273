"""Drawings: strokes of a pen, the picture that they make, and a form short enough for a link.

Coordinates are whole numbers from 0 to 511 on both axes; a width is a diameter in the same unit.
"""

import base64
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import torch
from PIL import Image, ImageDraw
from torch import Tensor

UNITS = 512
PIXELS = 256  # side of the rendered picture
MAX_POINTS = 4000
LONGEST = 60_000  # characters of a link
WIDTHS = (4, 128)


@dataclass
class Stroke:
    """What the pen did between down and up."""

    width: int
    erase: bool = False
    points: list[tuple[int, int]] = field(default_factory=list)


class Drawing:
    """Strokes over an optional picture, rendered as they grow.

    `ink` is (1, 1, 256, 256), white ink (1) on black (0), as MNIST has it.
    """

    def __init__(self) -> None:
        self.strokes: list[Stroke] = []
        self.base: Image.Image | None = None
        self._blank()

    def _blank(self) -> None:
        self._picture = Image.new("L", (PIXELS, PIXELS))
        if self.base is not None:
            self._picture.paste(self.base)
        self._pen = ImageDraw.Draw(self._picture)

    @property
    def points(self) -> int:
        """How many points there are, in all strokes."""
        return sum(len(stroke.points) for stroke in self.strokes)

    @property
    def picture(self) -> Image.Image:
        """The picture, 256 x 256, grey from 0 to 255; not to be changed."""
        return self._picture

    @property
    def ink(self) -> Tensor:
        """The picture: (1, 1, 256, 256) in [0, 1]."""
        return torch.from_numpy(np.array(self._picture)).float().div_(255)[None, None]

    def begin(self, width: int, *, erase: bool = False) -> None:
        """Put the pen down."""
        self.strokes.append(Stroke(min(max(width, WIDTHS[0]), WIDTHS[1]), erase))

    def extend(self, points: Sequence[tuple[int, int]]) -> None:
        """Move the pen.  Raises ValueError when the drawing has too many points."""
        check_room(self.points + len(points))
        stroke = self.strokes[-1]
        last = len(stroke.points)
        stroke.points.extend(points)
        self._render(stroke, last)

    def _render(self, stroke: Stroke, start: int) -> None:
        scale = PIXELS / UNITS
        new = stroke.points[max(0, start - 1) :]  # with the point that the line comes from
        path = [((x + 0.5) * scale, (y + 0.5) * scale) for x, y in new]
        radius, ink = stroke.width * scale / 2, 0 if stroke.erase else 255
        if len(path) > 1:
            self._pen.line(path, fill=ink, width=max(1, round(2 * radius)), joint="curve")
        for x, y in path:
            self._pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=ink)

    def replace(self, strokes: Sequence[Stroke]) -> None:
        """Draw these strokes instead.  Raises ValueError, and changes nothing, for too many."""
        check_room(sum(len(stroke.points) for stroke in strokes))
        self.strokes = []
        self._blank()
        for stroke in strokes:
            self.begin(stroke.width, erase=stroke.erase)
            self.extend(stroke.points)


def check_room(points: int) -> None:
    """Raise ValueError when a drawing would have more than `MAX_POINTS` points."""
    if points > MAX_POINTS:
        raise ValueError(f"A drawing holds {MAX_POINTS:,} points; clear it to draw more.")


def until(strokes: Sequence[Stroke], points: int) -> list[Stroke]:
    """Return the strokes as they were after `points` points."""
    kept = []
    for stroke in strokes:
        if points <= 0:
            break
        kept.append(Stroke(stroke.width, stroke.erase, stroke.points[:points]))
        points -= len(stroke.points)
    return kept


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
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def from_link(text: str) -> list[Stroke]:
    """Return the strokes of a link.  Raises ValueError for anything that `to_link` cannot make."""
    broken = ValueError("The drawing in the link is damaged; the page starts with its own.")
    try:
        packed = base64.urlsafe_b64decode(text[:LONGEST] + "=" * (-len(text) % 4))
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
