"""Signals and taps to begin with; the lecture's are 1 1 1 0 0 and 1 0 1."""

import math
from collections.abc import Mapping

import torch
from torch import Tensor

LONG = 48  # numbers of the signal that is long enough to be drawn


def long_signal() -> Tensor:
    """Return a wave with a step in it, and a little noise: (48,)."""
    noise = torch.randn(LONG, generator=torch.Generator().manual_seed(3))
    at = torch.arange(LONG)
    clean = 0.5 * torch.sin(2 * math.pi * at / 32) + 0.8 * (at >= 30)
    return clean + 0.12 * noise


def row(*numbers: float) -> Tensor:
    """Return numbers, whole as they may be, as a row (n,) that can be dragged in small steps."""
    return torch.tensor(numbers, dtype=torch.float32)


SIGNALS: Mapping[str, Tensor] = {
    "lecture": row(1, 1, 1, 0, 0),
    "step": row(0, 0, 0, 0, 1, 1, 1, 1, 1, 0, 0, 0),
    "impulse": row(0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0),
    "ramp": row(0, 0.2, 0.4, 0.6, 0.8, 1, 1, 0.8, 0.6, 0.4, 0.2, 0),
    "noise": row(0.3, -0.8, 0.5, 0.9, -0.4, 0.1, -0.7, 0.6, 0.2, -0.3, 0.8, -0.5),
    "long": long_signal(),
}
TAPS: Mapping[str, Tensor] = {
    "lecture": row(1, 0, 1),
    "difference": row(-1, 1),
    "mean": row(1, 1, 1) / 3,
    "wide": row(*[1] * 7) / 7,
    "binomial": row(0.25, 0.5, 0.25),
    "delay": row(1, 0, 0),
}
