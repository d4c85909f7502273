"""The visitor's own points, and their text in a link: x1 and x2 in hundredths, and the class."""

import torch
from torch import Tensor

from labs.basics.neuron.places import HIGH, LOW

MOST = 200
IN_LINK = 64  # points that a link still holds
STEPS = 100  # of a coordinate from 0 to 1


def to_link(x: Tensor, y: Tensor) -> str:
    """Return x: (2, N) and y: (N,) of 0 and 1 as text; nothing where there are too many."""
    if len(y) > IN_LINK:
        return ""
    rows = zip((x * STEPS).round().int().T.tolist(), y.int().tolist(), strict=True)
    return "_".join(f"{u}.{v}.{label}" for (u, v), label in rows)


def from_link(text: str) -> tuple[Tensor, Tensor]:
    """Return x: (2, N) and y: (N,) of a link.  Raises ValueError in one sentence."""
    damaged = ValueError("The points in the link are damaged; the gate's corners are here instead.")
    parts, rows = text.split("_"), []
    if not 2 <= len(parts) <= IN_LINK:
        raise damaged
    for part in parts:
        try:
            u, v, label = map(int, part.split("."))
        except ValueError:
            raise damaged from None
        if not all(LOW <= at / STEPS <= HIGH for at in (u, v)) or label not in (0, 1):
            raise damaged
        rows.append((u / STEPS, v / STEPS, label))
    u, v, label = torch.tensor(rows, dtype=torch.float64).T
    return torch.stack([u, v]), label


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
