"""Strings of spoken digits to train on, put together while a net trains.

A string is one speaker's recordings (a few mix speakers) with pauses between them, each faster or
slower, higher or lower, in a room with an echo, through a microphone with a tone of its own, with
noise, hum and clicks.  In the spectrogram it is stretched again in time and pitch, and strips of it
are covered: Park et al., "SpecAugment", https://arxiv.org/abs/1904.08779.
"""

import math
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from labs.data.spoken import RATE, Recordings, evened, joined
from labs.models.speech.mel import BANDS, log_mel


@dataclass(frozen=True)
class Strings:
    """Makes strings of digits from recordings."""

    recordings: Recordings

    def __call__(self, g: torch.Generator) -> tuple[Tensor, Tensor]:
        """Return a spectrogram (BANDS, T) and the digits in it, each plus one: 0 is the blank."""
        count = int(torch.randint(1, 7, (1,), generator=g))
        if _uniform(g) < 0.04:
            return self._nothing(g), torch.zeros(0, dtype=torch.long)
        chosen = self._choose(count, g)
        pitch = _between(g, -0.3, 0.26)
        waves = []
        for i in chosen:
            factor = math.exp(pitch + 0.06 * _normal(g))
            wave = evened(self.recordings.waves[i]) * 10 ** (0.2 * _normal(g))
            waves.append(quicker(_cut(wave, g), factor))
        spread = 0.5 * _uniform(g)  # seconds: some speak without pauses, some do not
        pauses = [int(RATE * spread * _uniform(g)) for _ in range(count + 1)]
        if _uniform(g) < 0.3:
            pauses[0] = pauses[-1] = 0
        wave = through_a_room(joined(waves, pauses), g)
        return log_mel(with_noise(wave, g)), self.recordings.labels[chosen] + 1

    def _choose(self, count: int, g: torch.Generator) -> Tensor:
        """Return the numbers of recordings, of one speaker four times in five."""
        speakers = self.recordings.speakers
        kinds = speakers.unique()
        one = kinds[torch.randint(len(kinds), (1,), generator=g)]
        mixed = _uniform(g) < 0.2
        of = torch.arange(len(speakers)) if mixed else (speakers == one).nonzero()[:, 0]
        return of[torch.randint(len(of), (count,), generator=g)]

    def _nothing(self, g: torch.Generator) -> Tensor:
        """Return the spectrogram of noise in which nobody speaks."""
        wave = torch.zeros(int(RATE * _between(g, 0.5, 3)))
        return log_mel(with_noise(wave, g))


def _uniform(g: torch.Generator) -> float:
    return torch.rand(1, generator=g).item()


def _normal(g: torch.Generator) -> float:
    return torch.randn(1, generator=g).item()


def _between(g: torch.Generator, low: float, high: float) -> float:
    return low + (high - low) * _uniform(g)


def _cut(wave: Tensor, g: torch.Generator) -> Tensor:
    """Return a wave whose first and last 5 ms fade, half of the time."""
    if _uniform(g) < 0.5:
        return wave
    ramp = torch.linspace(0, 1, 40)
    wave = wave.clone()
    wave[:40] *= ramp
    wave[-40:] *= ramp.flip(0)
    return wave


def quicker(wave: Tensor, factor: float) -> Tensor:
    """Return a wave played `factor` times as fast, and so much higher."""
    length = max(2, round(len(wave) / factor))
    return F.interpolate(wave[None, None], size=length, mode="linear", align_corners=True)[0, 0]


def through_a_room(wave: Tensor, g: torch.Generator) -> Tensor:
    """Return a wave with a tone of its own, and half of the time with an echo."""
    points = 2 ** (len(wave) + RATE // 2 - 1).bit_length()
    spectrum = torch.fft.rfft(wave, points)
    place = torch.linspace(0, 1, len(spectrum))
    tone = sum(
        6 / k * _uniform(g) * torch.cos(torch.pi * k * place.sqrt() + 6.3 * _uniform(g))
        for k in (1, 2, 3, 4)
    )  # dB
    spectrum = spectrum * 10 ** (tone / 20)
    if _uniform(g) < 0.5:
        t = torch.arange(RATE // 2) / RATE
        echo = torch.randn(len(t), generator=g) * torch.exp(-6.9 * t / _between(g, 0.08, 0.5))
        echo *= _between(g, 0.1, 0.8) / echo.norm()
        echo[0] = 1
        spectrum = spectrum * torch.fft.rfft(echo, points)
    return torch.fft.irfft(spectrum, points)[: len(wave)]


def with_noise(wave: Tensor, g: torch.Generator) -> Tensor:
    """Return a wave with noise of a random colour, and now and then hum and clicks."""
    length, signal = len(wave), 0.1
    color = _between(g, 0, 2)  # 0 white, 1 pink, 2 brown
    points = 2 ** (length - 1).bit_length()
    spectrum = torch.fft.rfft(torch.randn(points, generator=g))
    spectrum = spectrum / (1 + torch.arange(len(spectrum)) * RATE / points / 50) ** (color / 2)
    noise = torch.fft.irfft(spectrum, points)[:length]
    level = signal * 10 ** (-_between(g, 3, 50) / 20)
    wave = wave + noise * (level / noise.square().mean().sqrt().clamp(min=1e-9))
    if _uniform(g) < 0.1:
        t = torch.arange(length) / RATE
        base = 50 if _uniform(g) < 0.5 else 60
        wave = wave + signal * _between(g, 0, 0.4) * torch.sin(2 * torch.pi * base * t)
    if _uniform(g) < 0.1:
        at = torch.randint(length, (3,), generator=g)
        wave = wave.clone()
        wave[at] += torch.randn(3, generator=g)
    return wave


def bent(x: Tensor, g: torch.Generator) -> Tensor:
    """Return a spectrogram (BANDS, T) stretched in time and in pitch, strips of it covered."""
    length = max(8, round(x.shape[1] * math.exp(_between(g, -0.25, 0.25))))
    scale, shift = math.exp(0.08 * _normal(g)), 0.04 * _normal(g)
    rows = torch.linspace(-1, 1, BANDS) * scale + shift
    columns = torch.linspace(-1, 1, length)
    grid = torch.stack(
        [columns.expand(BANDS, -1), rows[:, None].expand(-1, length)], 2
    )[None]  # fmt: skip
    x = F.grid_sample(x[None, None], grid, padding_mode="border", align_corners=True)[0, 0]
    quiet = x.mean()
    for size, of in ((6, 0), (6, 0), (10, 1), (10, 1)):
        if _uniform(g) < 0.5:
            span = int(torch.randint(1, size + 1, (1,), generator=g))
            at = int(torch.randint(max(1, x.shape[of] - span), (1,), generator=g))
            x.narrow(of, at, min(span, x.shape[of] - at)).fill_(quiet)
    return x
