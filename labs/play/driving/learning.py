"""What all three learners share: a small net, and the report of a step."""

import itertools
import math
from typing import NamedTuple

import torch
from torch import Tensor, nn

UNITS = 64  # units of a hidden layer


class Report(NamedTuple):
    """What one decision of N cars led to."""

    earned: Tensor  # (N,) rewards
    moved: Tensor  # (N,) metres along the lap
    crashed: Tensor  # (N,) bool
    ended: Tensor  # (N,) bool: crashed, or its time was over
    gone: Tensor  # (N,) metres along the lap since each began
    loss: float = math.nan  # of the optimizer step, where one was taken


def dense(
    inputs: int, outputs: int, generator: torch.Generator, unit: type[nn.Module], last: float = 1.0
) -> nn.Sequential:
    """Return a net of two hidden layers with orthogonal weights; last: their size at the output."""
    sizes = (inputs, UNITS, UNITS, outputs)
    layers: list[nn.Module] = []
    for k, (a, b) in enumerate(itertools.pairwise(sizes)):
        layer = nn.Linear(a, b)
        gain = last if k == 2 else math.sqrt(2)
        exact = torch.empty(b, a, dtype=torch.float64)  # LAPACK's last digits vary with memory
        nn.init.orthogonal_(exact, gain, generator=generator)
        layer.weight.data.copy_(exact)
        nn.init.zeros_(layer.bias)
        layers += [layer, unit()] if k < 2 else [layer]
    return nn.Sequential(*layers)
