"""A small net that hears digits: convolutions over the spectrogram, and a GRU in both directions.

It gives a distribution over ten digits and a blank every 40 ms, and is trained by connectionist
temporal classification (Graves et al., 2006): nobody says when a digit is spoken.
Cho et al., "Learning phrase representations using RNN encoder-decoder", for the GRU,
https://arxiv.org/abs/1406.1078.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from labs.models.speech.greedy import best_path, collapse
from labs.models.speech.mel import BANDS, HOP, RATE, log_mel
from labs.models.speech.resample import resampled

SYMBOLS = "-0123456789"  # the blank, then the digits
STRIDE = 4  # windows for each of the net's frames
FRAME = STRIDE * HOP / RATE  # seconds
RANGE = 60.0  # dB: what is fainter than the loudest cell by more is not heard
HEARD = -90.0  # dB of the loudest cell, below which nothing sounds
EDGE = RATE // 10  # samples of silence around what is heard
CHANNELS = (24, 32, 48)
HIDDEN = 96  # GRU units of each direction


class SpeechCTC(nn.Module):
    """Spectrograms in dB to log-probabilities of the blank and the digits."""

    def __init__(self, dropout: float = 0.0) -> None:
        super().__init__()
        first, second, third = CHANNELS
        self.conv1 = nn.Conv2d(1, first, 5, stride=2, padding=2)
        self.norm1 = nn.BatchNorm2d(first)
        self.conv2 = nn.Conv2d(first, second, 3, stride=2, padding=1)
        self.norm2 = nn.BatchNorm2d(second)
        self.conv3 = nn.Conv2d(second, third, 3, stride=(2, 1), padding=1)
        self.norm3 = nn.BatchNorm2d(third)
        self.gru = nn.GRU(third * BANDS // 8, HIDDEN, batch_first=True, bidirectional=True)
        self.drop = nn.Dropout(dropout)
        self.head = nn.Linear(2 * HIDDEN, len(SYMBOLS))

    def heard(self, x: Tensor) -> Tensor:
        """Return x in [0, 1]: 1 is the loudest cell of each spectrogram, 0 is RANGE dB below.

        Where nothing sounds at all, all is 0.
        """
        return ((x - loudest(x.detach())) / RANGE + 1).clamp(min=0)

    def features(self, x: Tensor) -> Tensor:
        """Return what the convolutions make of x: (N, BANDS, T) dB, (N, T', features)."""
        y = self.heard(x)[:, None]
        for conv, norm in (
            (self.conv1, self.norm1), (self.conv2, self.norm2), (self.conv3, self.norm3),
        ):  # fmt: skip
            y = F.relu(norm(conv(y)))  # (N, C, bands, frames)
        return y.flatten(1, 2).mT

    def states(self, features: Tensor) -> Tensor:
        """Return the GRU's states, (N, T', 2 HIDDEN) in (-1, 1): forwards, then backwards."""
        return self.gru(features)[0]

    def logits(self, states: Tensor) -> Tensor:
        """Return the logits (N, T', symbols) of states."""
        return self.head(self.drop(states))

    def read(self, states: Tensor) -> Tensor:
        """Return log-probabilities (N, T', symbols) of states."""
        return self.logits(states).log_softmax(2)

    def forward(self, x: Tensor) -> Tensor:
        """Return log-probabilities (N, T', symbols) of x: (N, BANDS, T) in dB; T' = ceil(T / 4)."""
        return self.read(self.states(self.features(x)))

    @torch.no_grad()
    def transcribe(self, wave: Tensor, rate: int) -> str:
        """Return the digits in a wave: (T,) in [-1, 1], `rate` samples a second; "" for none.

        Raises ValueError for a wave of another shape, or with numbers that are not finite.
        """
        x = log_mel(with_room(resampled(wave, rate)))[None]
        return digits(collapse(best_path(self(x)[0])))


def loudest(x: Tensor) -> Tensor:
    """Return the loudest cell of each of x: (N, BANDS, T) dB, as (N, 1, 1); 0 dB for silence."""
    most = x.amax((1, 2), keepdim=True)
    return torch.where(most < HEARD, 0.0, most)


def with_room(wave: Tensor) -> Tensor:
    """Return a wave (T,) at RATE with 0.1 s of silence before and after it.

    A recording that is cut where the sound begins has no room for the blank around it.
    """
    return F.pad(wave, (EDGE, EDGE))


def digits(symbols: list[int]) -> str:
    """Return symbols as text."""
    return "".join(SYMBOLS[s] for s in symbols)
