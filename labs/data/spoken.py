"""Spoken digits: 3,000 recordings of 0 to 9 in English, by six speakers, 50 takes of each.

The Free Spoken Digit Dataset, https://github.com/Jakobovski/free-spoken-digit-dataset,
CC BY-SA 4.0, 8 kHz.  Its own test set is takes 0 to 4; nothing here learns from these.

`held_out()` is what ships with the lab: one test take of each digit by four of the speakers, as
they are in the data set, in one FLAC file.
"""

import io
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import av
import numpy as np
import torch
from torch import Tensor

RATE = 8_000  # samples a second
TEST_TAKES = 5  # the first takes of each digit by each speaker
SPEAKERS = 6
SHIPPED = (1, 3, 4, 5)  # speakers of whom a take of each digit is shipped
SHIPPED_TAKE = 0
HELD_OUT = Path(__file__).with_name("spoken_held_out.npz")


@dataclass(frozen=True)
class Recordings:
    """waves: N of (samples,) in [-1, 1] at RATE.  labels, speakers, takes: (N,)."""

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
        return _apart(file["samples"], file)


@cache
def held_out() -> Recordings:
    """Return the recordings that ship with the lab."""
    with np.load(HELD_OUT, allow_pickle=False) as file:
        with av.open(io.BytesIO(file["flac"].tobytes()), format="flac") as sound:
            samples = np.concatenate([f.to_ndarray()[0] for f in sound.decode(audio=0)])
        return _apart(samples, file)


def _apart(samples: np.ndarray, file) -> Recordings:
    """Return samples (int16, all recordings one after the other) as recordings."""
    lengths = torch.from_numpy(file["offsets"]).long().diff().tolist()
    labels, speakers, takes = (
        torch.from_numpy(file[name]).long() for name in ("labels", "speakers", "takes")
    )
    waves = torch.from_numpy(samples).float() / 2**15
    return Recordings(waves.split(lengths), labels, speakers, takes)


def pack(path: Path) -> dict[str, np.ndarray]:
    """Return the arrays of HELD_OUT, made from `spoken_digits.npz`.

    np.savez(HELD_OUT, **pack(path)) writes the file.
    """
    recordings = load(path)
    speakers = torch.isin(recordings.speakers, torch.tensor(SHIPPED))
    chosen = recordings.where(speakers & (recordings.takes == SHIPPED_TAKE))
    samples = (torch.cat(chosen.waves) * 2**15).to(torch.int16).numpy()
    lengths = [0, *(len(wave) for wave in chosen.waves)]
    file = io.BytesIO()
    with av.open(file, "w", format="flac") as sound:
        stream = sound.add_stream("flac", rate=RATE, layout="mono")
        frame = av.AudioFrame.from_ndarray(samples[None], format="s16", layout="mono")
        frame.sample_rate = RATE
        for packet in (*stream.encode(frame), *stream.encode(None)):
            sound.mux(packet)
    return {
        "flac": np.frombuffer(file.getvalue(), np.uint8),
        "offsets": np.cumsum(lengths).astype(np.int32),
        "labels": chosen.labels.numpy().astype(np.uint8),
        "speakers": chosen.speakers.numpy().astype(np.uint8),
        "takes": chosen.takes.numpy().astype(np.uint8),
    }


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
