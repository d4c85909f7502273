"""A wave at another rate: the same sound, with other samples of it."""

from math import gcd

import torch
from scipy.signal import resample_poly
from torch import Tensor

from labs.models.speech.mel import RATE

RATES = (1_000, 768_000)  # samples a second that are taken


def resampled(wave: Tensor, rate: int) -> Tensor:
    """Return a wave (T,) as float32 with RATE samples a second, by a polyphase filter.

    Raises ValueError for another shape, a rate out of RATES, or numbers that are not finite.
    """
    wave = torch.as_tensor(wave).detach().float()
    if wave.dim() != 1:
        raise ValueError(f"A wave has one dimension, its samples; this has {wave.dim()}.")
    if not RATES[0] <= rate <= RATES[1]:
        raise ValueError(f"A wave has {RATES[0]:,} to {RATES[1]:,} samples a second, not {rate:,}.")
    if not wave.isfinite().all():
        raise ValueError("A wave's samples are numbers; some of these are not finite.")
    if rate == RATE or len(wave) == 0:
        return wave
    common = gcd(RATE, int(rate))
    return torch.from_numpy(resample_poly(wave.numpy(), RATE // common, int(rate) // common))
