"""The line of a unit on the plane, and the two handles that move and turn it."""

import math

import torch
from torch import Tensor

from labs.basics.neuron.controls import LARGEST
from labs.basics.neuron.unit import bound

ARROW = 0.12  # length of the arrow for a weight vector of length e - 1


def handles(w: Tensor) -> tuple[Tensor, Tensor]:
    """Return the point of the line that moves it, and the tip of the arrow that turns it."""
    foot, size = bound(w), w[1:].norm().clamp_min(1e-9)
    return foot, foot + w[1:] / size * (ARROW * torch.log1p(size))


def ends(w: Tensor) -> Tensor:
    """Return two points of the line (2, 2), far outside of the plane, one column each."""
    foot, along = bound(w), torch.stack([-w[2], w[1]]) / w[1:].norm().clamp_min(1e-9)
    return torch.stack([foot - 4 * along, foot + 4 * along], 1)


def dragged(w: Tensor, handle: int, place: Tensor) -> Tensor:
    """Return w after its foot (0) was moved to a place (2,), or its arrow (1) was pulled there."""
    foot, normal = bound(w), w[1:]
    if handle == 0:
        foot = place
    else:
        length = (place - foot).norm().clamp_min(1e-6).item()
        normal = (place - foot) / length * min(LARGEST, math.expm1(length / ARROW))
    w = torch.cat([-(normal @ foot)[None], normal])
    return w * min(1.0, LARGEST / w.abs().max().clamp_min(1e-9).item())
