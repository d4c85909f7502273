"""The plane of the gates: where it is looked at, and how its corners are named and marked."""

import torch

SIDE = 80
LOW, HIGH = -0.5, 1.5
NAMES = ("0  0", "0  1", "1  0", "1  1")  # of the corners


def _places(side: int) -> torch.Tensor:
    at = LOW + (HIGH - LOW) * (torch.arange(side, dtype=torch.float64) + 0.5) / side
    x2, x1 = torch.meshgrid(at.flip(0), at, indexing="ij")
    return torch.stack([x1.flatten(), x2.flatten()])


PLACES, SMALL = _places(SIDE), _places(40)


def mark(said: float, wanted: float) -> str:
    """Return a tick where the output is on the wanted side, else a cross."""
    return "✓" if (said >= 0.5) == (wanted > 0.5) else "✗"
