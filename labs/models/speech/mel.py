"""The log-mel spectrogram: windows of sound, their Fourier transform, and mel bands, written out.

Davis & Mermelstein, "Comparison of parametric representations for monosyllabic word recognition",
https://doi.org/10.1109/TASSP.1980.1163420; the mel scale is O'Shaughnessy's,

    mel(f) = 2595 log10(1 + f / 700),

nearly linear below 1 kHz and logarithmic above, as is our sense of pitch.
"""

from functools import cache

import torch
from torch import Tensor

RATE = 8_000  # samples a second
WINDOW = 200  # samples, 25 ms
HOP = 80  # samples from one window to the next, 10 ms
POINTS = 256  # of the Fourier transform: a window and zeros
BINS = POINTS // 2 + 1  # frequencies, RATE / POINTS Hz apart
BANDS = 40
LOWEST, HIGHEST = 60.0, 4_000.0  # Hz
FAINT = 1e-10  # added to a power, so that silence has a logarithm
SILENT = -100.0  # dB: 10 log10 FAINT


def mel(f: Tensor) -> Tensor:
    """Return the pitch of f Hz in mel."""
    return 2595 * torch.log10(1 + f / 700)


def hertz(m: Tensor) -> Tensor:
    """Return the frequency of a pitch in mel, in Hz."""
    return 700 * (10 ** (m / 2595) - 1)


@cache
def window() -> Tensor:
    """Return the Hann window, (WINDOW,) in [0, 1]: a piece fades in and out."""
    return 0.5 - 0.5 * torch.cos(2 * torch.pi * torch.arange(WINDOW) / WINDOW)


@cache
def corners() -> Tensor:
    """Return where the triangles begin, peak and end, (BANDS + 2,) Hz, equally far apart in mel."""
    ends = mel(torch.tensor([LOWEST, HIGHEST], dtype=torch.float64))
    return hertz(torch.linspace(*ends.tolist(), BANDS + 2, dtype=torch.float64)).float()


@cache
def filters() -> Tensor:
    """Return the mel bands, (BANDS, BINS) in [0, 1]: triangles over the frequencies."""
    f = torch.arange(BINS) * RATE / POINTS
    low, peak, high = (corners()[i : i + BANDS, None] for i in range(3))
    return torch.minimum((f - low) / (peak - low), (high - f) / (high - peak)).clamp(min=0)


def pieces(wave: Tensor) -> Tensor:
    """Return the windows of a wave (N,), (T, WINDOW): the middle of piece t is at sample t HOP."""
    rim = wave.new_zeros(WINDOW // 2)
    return torch.cat([rim, wave, rim]).unfold(0, WINDOW, HOP)


def power(wave: Tensor) -> Tensor:
    """Return the power at each frequency, (T, BINS), of a wave (N,) in [-1, 1] at RATE."""
    return torch.fft.rfft(pieces(wave) * window(), POINTS).abs() ** 2


def log_mel(wave: Tensor) -> Tensor:
    """Return the spectrogram (BANDS, T) in dB of a wave (N,) in [-1, 1] at RATE; T = 1 + N // HOP.

    The lowest band comes first.
    """
    return decibels(filters() @ power(wave).T)


def decibels(p: Tensor) -> Tensor:
    """Return 10 log10 of a power, at least SILENT."""
    return 10 * torch.log10(p + FAINT)
