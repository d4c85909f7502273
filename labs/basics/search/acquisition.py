"""Acquisition functions: what a next trial is worth, from the mean and the doubt about its loss.

A loss is to be made small, so each is largest where the next trial should be.

Expected improvement: Mockus 1975; Jones, Schonlau & Welch 1998,
https://doi.org/10.1023/A:1008306431147.  Upper confidence bound: Srinivas et al. 2010,
https://arxiv.org/abs/0912.3995.  Thompson 1933 draws a function and believes it.
"""

import math

import torch
from torch import Tensor


def expected_improvement(mean: Tensor, std: Tensor, best: float | Tensor) -> Tensor:
    """Return E[max(best - f, 0)] for f normal with mean and std, both (M,), as (M,) in float64.

    best: the lowest loss so far.  Where std is 0 it is max(best - mean, 0).
    """
    mean, std = mean.double(), std.double()
    gain = best - mean
    z = gain / std.clamp_min(torch.finfo(torch.float64).tiny)
    density = torch.exp(-0.5 * z**2) / math.sqrt(2 * math.pi)
    share = 0.5 * torch.erfc(-z / math.sqrt(2))
    return torch.where(std > 0, gain * share + std * density, gain).clamp_min(0)


def upper_confidence_bound(mean: Tensor, std: Tensor, beta: float) -> Tensor:
    """Return beta std - mean, (M,): how good (how low) f may be at the optimistic end."""
    return beta * std - mean


def thompson(draw: Tensor) -> Tensor:
    """Return -draw, (M,), of one function drawn from the posterior: its lowest place is next."""
    return -draw
