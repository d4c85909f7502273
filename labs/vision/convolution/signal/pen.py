"""A signal drawn with the pen."""

from itertools import pairwise

from torch import Tensor

from labs.live.checks import number
from labs.vision.convolution.received import LARGEST

POINTS = 500  # of one stroke


def drawn(x: Tensor, stroke: object) -> Tensor:
    """Return the signal x: (n,) laid along a stroke, a list of [place, value] from 0 to n - 1.

    Raises ValueError in one sentence.
    """
    if not isinstance(stroke, list) or not 1 <= len(stroke) <= POINTS:
        raise ValueError(f"A stroke is a list of up to {POINTS} points.")
    path = [_point(point, len(x) - 1) for point in stroke]
    x = x.clone()
    for (xa, ya), (xb, yb) in pairwise([path[0], *path]):
        a, b = round(xa), round(xb)
        for i in range(min(a, b), max(a, b) + 1):
            x[i] = yb if a == b else ya + (yb - ya) * (i - a) / (b - a)
    return x


def _point(point: object, last: int) -> tuple[float, float]:
    if not isinstance(point, list) or len(point) != 2:
        raise ValueError("A point of a stroke is two numbers.")
    place = number(point[0], 0, last, "The place of a point")
    return place, number(point[1], -LARGEST, LARGEST, "The value of a point")
