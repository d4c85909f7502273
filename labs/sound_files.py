"""Sound files from strangers: known by their first bytes, decoded piece by piece, never too long.

PyAV would look into anything, and some formats are lists of other files: the reader is named here.
"""

import io

import av
import numpy as np
import torch
from torch import Tensor

RATE = 8_000  # samples a second of what is returned
LONGEST = 10.0  # seconds
SHORTEST = 0.05
MAX_BYTES = 12_000_000
FAINTEST = 1e-4  # of the loudest sample: -80 dB
FORMATS = "WAV, FLAC, MP3, M4A, OGG and WebM"
BROKEN = f"This is no sound that can be read; {FORMATS} work."


def decode(data: bytes) -> Tensor:
    """Return a sound file's wave: (samples,) in [-1, 1], RATE a second, its channels mixed.

    Raises ValueError in one sentence for no sound, and for a broken, long, short or silent one.
    """
    if len(data) > MAX_BYTES:
        raise ValueError(
            f"The file has {len(data) / 1e6:.1f} MB; up to {MAX_BYTES / 1e6:.0f} MB work."
        )
    try:
        pieces = _pieces(data, _format(data))
    except (av.FFmpegError, OSError, ArithmeticError, LookupError, MemoryError, TypeError):
        raise ValueError(BROKEN) from None
    wave = torch.from_numpy(np.concatenate([*pieces, np.zeros(0, np.float32)])).clone()
    return checked(wave)


def checked(wave: Tensor) -> Tensor:
    """Return a wave (N,) at RATE, in [-1, 1].  Raises ValueError if it is too short or silent."""
    if len(wave) < SHORTEST * RATE:
        raise ValueError(
            f"The recording has {len(wave) / RATE:.2f} s of sound; it takes {SHORTEST:g} s or more."
        )
    wave = wave.nan_to_num(0, 0, 0).clamp(-1, 1)
    if wave.abs().max() < FAINTEST:
        raise ValueError("The recording is silent: see whether the microphone is on.")
    return wave


def _format(data: bytes) -> str:
    """Return FFmpeg's name of the file's format.  Raises ValueError for any other."""
    head = data[:12]
    if head[:4] in (b"RIFF", b"RF64") and head[8:] == b"WAVE":
        return "wav"
    if head[4:8] == b"ftyp":
        return "mp4"
    if head[:3] == b"ID3":
        size = 0
        for byte in data[6:10]:  # of the tag, 7 bits in each byte
            size = size << 7 | byte & 127
        at = 10 + size
        return "flac" if data[at : at + 4] == b"fLaC" else "mp3"
    for magic, name in ((b"fLaC", "flac"), (b"OggS", "ogg"), (b"\x1aE\xdf\xa3", "matroska")):
        if data.startswith(magic):
            return name
    if len(data) > 1 and data[0] == 255 and data[1] & 0xE6 == 0xE2:  # a frame of layer III
        return "mp3"
    raise ValueError(BROKEN)


def _pieces(data: bytes, name: str) -> list[np.ndarray]:
    """Return what is decoded, mono at RATE.  Raises ValueError as soon as it is too long."""
    pieces, total = [], 0
    with av.open(io.BytesIO(data), format=name) as file:
        if not file.streams.audio:
            raise ValueError("There is no sound in this file.")
        stream = file.streams.audio[0]
        if file.duration and file.duration / av.time_base > 1.5 * LONGEST:
            raise _too_long(file.duration / av.time_base)
        mixer = av.AudioResampler(format="flt", layout="mono", rate=RATE)
        for frame in (*file.decode(stream), None):
            for mixed in mixer.resample(frame):
                pieces.append(mixed.to_ndarray()[0])
                total += len(pieces[-1])
            if total > LONGEST * RATE:
                raise _too_long(total / RATE)
    return pieces


def _too_long(seconds: float) -> ValueError:
    minutes, rest = divmod(round(seconds), 60)
    said = f"{minutes} min {rest} s" if minutes else f"more than {LONGEST:g} s"
    return ValueError(f"The recording lasts {said}; up to {LONGEST:g} s work.")


def to_wav(wave: Tensor) -> bytes:
    """Return a wave (N,) in [-1, 1] at RATE as a WAV file of 16 bits, as a browser plays it."""
    samples = (wave.clamp(-1, 1) * 32767).round().to(torch.int16).numpy().tobytes()
    head = b"RIFF" + (36 + len(samples)).to_bytes(4, "little") + b"WAVEfmt "
    head += (16).to_bytes(4, "little") + (1).to_bytes(2, "little") + (1).to_bytes(2, "little")
    head += RATE.to_bytes(4, "little") + (2 * RATE).to_bytes(4, "little")
    head += (2).to_bytes(2, "little") + (16).to_bytes(2, "little")
    return head + b"data" + len(samples).to_bytes(4, "little") + samples
