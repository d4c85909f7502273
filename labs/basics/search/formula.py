"""A formula with a dead setting, which costs nothing: Branin's function as a loss."""

import math

import torch
from torch import Tensor

from labs.basics.search.space import Values


def branin(x: Tensor, y: Tensor) -> Tensor:
    """Return Branin's function; x in [-5, 10], y in [0, 15]; its three minima are 0.397887.

    Dixon & Szego 1978, as in https://www.sfu.ca/~ssurjano/branin.html.
    """
    a = y - 5.1 / (4 * math.pi**2) * x**2 + 5 / math.pi * x - 6
    return a**2 + 10 * (1 - 1 / (8 * math.pi)) * torch.cos(x) + 10


SURFACE_EPOCHS = 27
START = 3.0  # the loss before the first epoch


def surface(unit: Tensor) -> Tensor:
    """Return Branin's function / 100 at places (N, 3) of the unit cube; the third has no effect."""
    return branin(15 * unit[:, 0] - 5, 15 * unit[:, 1]) / 100


class Formula:
    """A learning curve by formula: from 3 it falls to the surface, faster where x1 is large."""

    net = None

    def __init__(self, known: Values, seed: int) -> None:
        u = (known["x1"] + 5) / 15
        at = torch.tensor([[u, known["x2"] / 15, 0.0]], dtype=torch.float64)
        self.final = surface(at).item()
        self.rate = (4 + 8 * u) / SURFACE_EPOCHS
        self.count = 0

    def epoch(self) -> float:
        """Return the loss after one epoch more."""
        self.count += 1
        end = math.exp(-self.rate * SURFACE_EPOCHS)
        left = (math.exp(-self.rate * self.count) - end) / (1 - end)
        return self.final + (START - self.final) * left
