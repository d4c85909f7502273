"""A drawing: strokes of a pen, and the picture that they make.

Coordinates are whole numbers from 0 to 511 on both axes; a width is a diameter in the same unit.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import torch
from PIL import Image, ImageDraw
from torch import Tensor

UNITS = 512
PIXELS = 256  # side of the rendered picture
MAX_POINTS = 4000
WIDTHS = (4, 128)


@dataclass(slots=True)
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
            self.strokes[-1].points.extend(stroke.points)
            self._render(self.strokes[-1], 0)


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
