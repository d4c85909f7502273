"""Ten digits as a hand writes them: strokes of our own, so that samples need no download."""

import math
from itertools import pairwise

from labs.drawing import UNITS, Stroke

WIDTH = 44
Path = list[tuple[float, float]]  # in the unit square, y downwards


def arc(
    cx: float, cy: float, rx: float, ry: float, start: float, end: float, steps: int = 28
) -> Path:
    """Points on an ellipse from angle `start` to `end`, in degrees, 0 to the right, 90 down."""
    angles = [math.radians(start + (end - start) * i / steps) for i in range(steps + 1)]
    return [(cx + rx * math.cos(a), cy + ry * math.sin(a)) for a in angles]


def line(*corners: tuple[float, float], steps: int = 10) -> Path:
    """Points on straight lines through the corners."""
    path: Path = [corners[0]]
    for (x0, y0), (x1, y1) in pairwise(corners):
        shares = [i / steps for i in range(1, steps + 1)]
        path += [(x0 + (x1 - x0) * t, y0 + (y1 - y0) * t) for t in shares]
    return path


PATHS: tuple[list[Path], ...] = (
    [arc(0.5, 0.5, 0.19, 0.29, -80, 280, 48)],
    [line((0.42, 0.30), (0.53, 0.2), (0.51, 0.8))],
    [arc(0.49, 0.35, 0.17, 0.15, -170, 35) + line((0.63, 0.44), (0.32, 0.78), (0.70, 0.77))],
    [arc(0.46, 0.35, 0.17, 0.14, -150, 90) + arc(0.46, 0.645, 0.2, 0.155, -90, 150)],
    [line((0.40, 0.21), (0.31, 0.53), (0.70, 0.51)), line((0.62, 0.24), (0.58, 0.82))],
    [
        line((0.38, 0.23), (0.36, 0.47)) + arc(0.47, 0.62, 0.18, 0.17, -128, 140, 32),
        line((0.38, 0.23), (0.67, 0.22)),
    ],
    [line((0.60, 0.19), (0.46, 0.36)) + arc(0.50, 0.63, 0.17, 0.17, -165, 200, 44)],
    [line((0.31, 0.24), (0.68, 0.23), (0.46, 0.81))],
    [
        arc(0.50, 0.35, 0.14, 0.145, -50, -270, 28)
        + arc(0.50, 0.655, 0.17, 0.16, -90, 270, 36)
        + arc(0.50, 0.35, 0.14, 0.145, 90, -50, 18)
    ],
    [arc(0.49, 0.37, 0.155, 0.15, -20, -360, 36) + line((0.645, 0.37), (0.58, 0.80))],
)


def sample(digit: int) -> list[Stroke]:
    """Return the strokes of a digit from 0 to 9."""
    return [
        Stroke(WIDTH, False, [(int(x * UNITS), int(y * UNITS)) for x, y in path])
        for path in PATHS[digit]
    ]
