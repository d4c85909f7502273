"""Signals and taps to begin with; the lecture's are 1 1 1 0 0 and 1 0 1."""

import math
from collections.abc import Mapping

import torch

LONG = 48  # numbers of the signal that is long enough to be drawn


def long_signal() -> tuple[float, ...]:
    """Return a wave with a step in it, and a little noise."""
    noise = torch.randn(LONG, generator=torch.Generator().manual_seed(3))
    at = torch.arange(LONG)
    clean = 0.5 * torch.sin(2 * math.pi * at / 32) + 0.8 * (at >= 30)
    return tuple((clean + 0.12 * noise).tolist())


SIGNALS: Mapping[str, tuple[float, ...]] = {
    "lecture": (1, 1, 1, 0, 0),
    "step": (0, 0, 0, 0, 1, 1, 1, 1, 1, 0, 0, 0),
    "impulse": (0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0),
    "ramp": (0, 0.2, 0.4, 0.6, 0.8, 1, 1, 0.8, 0.6, 0.4, 0.2, 0),
    "noise": (0.3, -0.8, 0.5, 0.9, -0.4, 0.1, -0.7, 0.6, 0.2, -0.3, 0.8, -0.5),
    "long": long_signal(),
}
TAPS: Mapping[str, tuple[float, ...]] = {
    "lecture": (1, 0, 1),
    "difference": (-1, 1),
    "mean": (1 / 3, 1 / 3, 1 / 3),
    "wide": (1 / 7,) * 7,
    "binomial": (0.25, 0.5, 0.25),
    "delay": (1, 0, 0),
}
