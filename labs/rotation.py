"""A picture turned about its middle, by one resampling."""

import math
from collections.abc import Sequence
from itertools import product
from typing import Literal

import torch
import torch.nn.functional as F
from torch import Tensor


def rotate(x: Tensor, degrees: float, *, outside: Literal["zeros", "border"]) -> Tensor:
    """Return x: (1, C, S, S) turned clockwise about its middle.

    outside: what comes in from beyond the edge: nothing, or the edge's own values.
    """
    angle = math.radians(degrees)
    cos, sin = math.cos(angle), math.sin(angle)
    theta = torch.tensor([[[cos, sin, 0.0], [-sin, cos, 0.0]]], dtype=x.dtype)
    grid = F.affine_grid(theta, list(x.shape), align_corners=False)
    return F.grid_sample(x, grid, padding_mode=outside, align_corners=False)


def turned(box: Sequence[float], degrees: float, side: float = 28) -> tuple[float, ...]:
    """Return the box around a box (top, left, bottom, right) of a picture that is so turned.

    side: of the picture, in the box's unit.  Clockwise about its middle, as `rotate` does.
    """
    angle, middle = math.radians(degrees), side / 2
    cos, sin = math.cos(angle), math.sin(angle)
    top, left, bottom, right = (v - middle for v in box)
    corners = list(product((top, bottom), (left, right)))
    rows = [middle + x * sin + y * cos for y, x in corners]
    columns = [middle + x * cos - y * sin for y, x in corners]
    return min(rows), min(columns), max(rows), max(columns)
