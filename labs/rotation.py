"""A picture turned about its middle, by one resampling."""

import math
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
