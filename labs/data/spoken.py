"""Spoken digits: 3,000 recordings of 0 to 9 in English, by six speakers, 50 takes of each.

The Free Spoken Digit Dataset, https://github.com/Jakobovski/free-spoken-digit-dataset,
CC BY-SA 4.0, 8 kHz.  Its own test set is takes 0 to 4; nothing here learns from these.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

TEST_TAKES = 5  # the first takes of each digit by each speaker
SPEAKERS = 6


@dataclass(frozen=True)
class Recordings:
    """waves: N of (samples,) in [-1, 1] at 8 kHz.  labels, speakers, takes: (N,)."""

    waves: tuple[Tensor, ...]
    labels: Tensor
    speakers: Tensor
    takes: Tensor

    def __len__(self) -> int:
        return len(self.waves)

    def where(self, mask: Tensor) -> "Recordings":
        """Return the recordings where mask (N,) is true."""
        waves = tuple(self.waves[i] for i in mask.nonzero()[:, 0].tolist())
        return Recordings(waves, self.labels[mask], self.speakers[mask], self.takes[mask])

    @property
    def train(self) -> "Recordings":
        """What may be learned from."""
        return self.where(self.takes >= TEST_TAKES)

    @property
    def test(self) -> "Recordings":
        """What is held out."""
        return self.where(self.takes < TEST_TAKES)


def load(path: Path) -> Recordings:
    """Read `spoken_digits.npz`."""
    with np.load(path, allow_pickle=False) as file:
        samples = torch.from_numpy(file["samples"]).float() / 2**15
        lengths = torch.from_numpy(file["offsets"]).long().diff().tolist()
        labels, speakers, takes = (
            torch.from_numpy(file[name]).long() for name in ("labels", "speakers", "takes")
        )
    return Recordings(samples.split(lengths), labels, speakers, takes)


def loudness(wave: Tensor) -> Tensor:
    """Return the root of the mean square of the louder half of a wave's samples."""
    squares = wave.square()
    return squares[squares >= squares.median()].mean().sqrt()


def evened(wave: Tensor, level: float = 0.1) -> Tensor:
    """Return a wave as loud as the others: speakers sat at different distances."""
    return wave * (level / loudness(wave).clamp(min=1e-5))


def joined(waves: list[Tensor], pauses: list[int]) -> Tensor:
    """Return waves one after the other; pauses: samples of silence before each and after the last.

    Raises ValueError unless there is one pause more than waves.
    """
    if len(pauses) != len(waves) + 1:
        raise ValueError(f"{len(waves)} waves have {len(waves) + 1} pauses, not {len(pauses)}.")
    parts = [torch.zeros(pauses[0])]
    for wave, pause in zip(waves, pauses[1:], strict=True):
        parts += [wave, torch.zeros(pause)]
    return torch.cat(parts)
