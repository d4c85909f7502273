"""The function that is to be approximated: a known shape, or what the pen has drawn."""

import math
from collections.abc import Mapping
from itertools import pairwise

import numpy as np
import torch
from torch import Tensor

from labs import urlsafe
from labs.live.checks import number

PLACES = 121  # at which the function is known
REACH = 1.5  # the function lies between -REACH and REACH
LONGEST = 500  # points of one stroke
FINEST = 1e-4  # what the pen can tell apart, and a link
X = torch.linspace(-1, 1, PLACES, dtype=torch.float64)
SHAPES: Mapping[str, Tensor] = {
    "wave": 0.8 * torch.sin(math.pi * X) + 0.3 * torch.sin(3 * math.pi * X),
    "step": torch.where(X.abs() < 0.4, 0.8, -0.6).to(X.dtype),
    "bump": 1.2 * torch.exp(-(X**2) / 0.02),
    "corner": 1.4 * X.abs() - 0.7,
    "line": 0.8 * X,
}


def draw(target: Tensor, stroke: object) -> Tensor:
    """Return the function (PLACES,) laid along a stroke, a list of [x, y].

    Raises ValueError in one sentence.
    """
    if not isinstance(stroke, list) or not 1 <= len(stroke) <= LONGEST:
        raise ValueError(f"A stroke is a list of up to {LONGEST} points.")
    path = []
    for point in stroke:
        if not isinstance(point, list) or len(point) != 2:
            raise ValueError("A point of a stroke is two numbers.")
        path.append((number(point[0], -1, 1, "x"), number(point[1], -REACH, REACH, "y")))
    drawn = target.clone()
    for (xa, ya), (xb, yb) in pairwise([path[0], *path]):
        a, b = (round((x + 1) / 2 * (PLACES - 1)) for x in (xa, xb))
        for i in range(min(a, b), max(a, b) + 1):
            drawn[i] = yb if a == b else ya + (yb - ya) * (i - a) / (b - a)
    return (drawn / FINEST).round() * FINEST


def to_link(target: Tensor) -> str:
    """Return a drawn function as URL-safe text: two bytes for each place."""
    numbers = (target / FINEST).round().numpy().astype("<i2")
    return urlsafe.to_text(numbers.tobytes())


def from_link(text: str) -> Tensor:
    """Return the function (PLACES,) of a link.  Raises ValueError where `to_link` made none."""
    try:
        data = urlsafe.from_text(text)
    except ValueError:
        data = b""
    numbers = np.frombuffer(data[: len(data) // 2 * 2], "<i2")
    target = torch.from_numpy(numbers.astype(np.float64)) * FINEST
    if len(data) != 2 * PLACES or target.abs().max() > REACH:
        raise ValueError("The function in the link is damaged; the page starts with its own.")
    return target
