"""The visitor's own points: from a link, one more, one less."""

import torch
from torch import Tensor

from labs.basics.neuron.places import HIGH, LOW
from labs.data import link_points

MOST = 200


def from_link(text: str) -> tuple[Tensor, Tensor]:
    """Return x: (2, N) and y: (N,) of 0 and 1 of a link.  Raises ValueError in one sentence."""
    x, labels = link_points.from_text(text, LOW, HIGH)
    if not set(labels) <= {"0", "1"}:
        raise link_points.damaged()
    return x, torch.tensor([float(label) for label in labels], dtype=torch.float64)


def add(x: Tensor, y: Tensor, place: Tensor, label: int) -> tuple[Tensor, Tensor]:
    """Return x: (2, N + 1) and y: (N + 1,) with one point more.  Raises ValueError."""
    if len(y) >= MOST:
        raise ValueError(f"There is room for {MOST} points.")
    return torch.cat([x, place[:, None]], 1), torch.cat([y, torch.full_like(y[:1], label)])


def remove(x: Tensor, y: Tensor, at: int) -> tuple[Tensor, Tensor]:
    """Return x: (2, N - 1) and y: (N - 1,) without the point `at`.  Raises ValueError."""
    if len(y) <= 2:
        raise ValueError("Two points are needed at least.")
    keep = torch.arange(len(y)) != at
    return x[:, keep], y[keep]
