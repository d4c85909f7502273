"""A drawing as Quick, Draw!'s bitmaps have it: as large as the paper, lines of one width.

Ha & Eck, https://arxiv.org/abs/1704.03477; their bitmaps are 28 x 28, drawn with lines of 16 of 256
units.
"""

from collections.abc import Sequence

import numpy as np
import torch
from PIL import Image, ImageDraw
from torch import Tensor

from labs.drawing.drawing import UNITS, Stroke
from labs.drawing.pad import Pad

FINE = 16  # how many times larger the lines are drawn before they are made small
LINE = 1.4  # width of a line, in pixels of 28
RIM = 1.5  # pixels that stay empty around the middles of the lines
PEN, PAPER = 30, 0.8  # width of a doodle's lines on the pad; how much of the pad it fills


def as_doodle(strokes: Sequence[np.ndarray]) -> Tensor:
    """Return strokes, (points, 2) each, as a bitmap (1, 1, 28, 28) in [0, 1], white on black.

    The drawing is scaled to fit, and centred.  Without strokes, black.
    """
    points = np.concatenate([np.zeros((0, 2)), *strokes])
    if not len(points):
        return torch.zeros(1, 1, 28, 28)
    low, size = points.min(0), np.ptp(points, 0)
    scale = (28 - 2 * RIM) / max(size.max(), 1e-6)
    image = Image.new("L", (28 * FINE, 28 * FINE))
    pen, half = ImageDraw.Draw(image), LINE * FINE / 2
    for stroke in strokes:
        path = FINE * (14 + scale * (np.asarray(stroke) - low - size / 2))
        pen.line(path.flatten().tolist(), fill=255, width=round(2 * half), joint="curve")
        for x, y in path[[0, -1]]:
            pen.ellipse((x - half, y - half, x + half, y + half), fill=255)
    small = np.array(image.resize((28, 28), Image.Resampling.BOX), np.float32) / 255
    return torch.from_numpy(small)[None, None]


def on_paper(pad: Pad) -> Tensor:
    """Return the drawing on a pad as a bitmap (1, 1, 28, 28)."""
    return as_doodle([np.array(s.points, float) for s in pad.drawing.strokes if not s.erase])


def for_pad(strokes: Sequence[np.ndarray]) -> list[Stroke]:
    """Return strokes of a drawing whose longer side is 1, around (0, 0), as strokes on a pad."""
    return [
        Stroke(PEN, False, [(int(x), int(y)) for x, y in UNITS / 2 + UNITS * PAPER * stroke])
        for stroke in strokes
    ]
