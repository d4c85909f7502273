"""The sounds of the page: strings put together from recordings, and what is done to a sound."""

from fractions import Fraction

import torch
from scipy.signal import resample_poly
from torch import Tensor

from labs.data.spoken import RATE, SHIPPED, evened, held_out, joined, loudness

MOST = 8  # digits of a string
CLEAN = 60.0  # dB: noise so faint that none is added
PAUSE = 0.15  # seconds before the first digit and after the last


def checked_digits(value: object, most: int = MOST) -> str:
    """Return text without its spaces; it may be empty.  Raises ValueError if it is no digits."""
    text = "".join(value.split()) if isinstance(value, str) else "?"
    if text and (not text.isascii() or not text.isdecimal() or len(text) > most):
        raise ValueError(f"Type at most {most} digits from 0 to 9, such as 4072.")
    return text


def spell(text: str, speaker: int, pause: float) -> Tensor:
    """Return digits spoken one after the other: (N,) in [-1, 1] at RATE.

    pause: seconds between two digits.  Raises ValueError for a speaker of whom nothing is shipped,
    and for text that is no string of at most MOST digits.
    """
    if speaker not in SHIPPED:
        raise ValueError(f"There are recordings of the speakers {SHIPPED}, not of {speaker}.")
    if not checked_digits(text):
        raise ValueError(f"There is nothing to speak; a string has 1 to {MOST} digits.")
    own = held_out()
    by_digit = {
        label: wave
        for label, of, wave in zip(own.labels.tolist(), own.speakers.tolist(), own.waves,
                                   strict=True)
        if of == speaker
    }  # fmt: skip
    between = [int(RATE * pause)] * (len(text) - 1)
    edge = int(RATE * PAUSE)
    return joined([evened(by_digit[int(c)]) for c in text], [edge, *between, edge]).clamp(-1, 1)


def faster(wave: Tensor, speed: float) -> Tensor:
    """Return a wave (N,) played `speed` times as fast, as a tape is: its pitch rises too."""
    if speed == 1:
        return wave
    share = Fraction(speed).limit_denominator(50)
    return torch.from_numpy(resample_poly(wave.numpy(), share.denominator, share.numerator))


def noisy(wave: Tensor, ratio: float, seed: int = 0) -> Tensor:
    """Return a wave (N,) with white noise `ratio` dB below it (above it, if negative).

    The wave's level is the root of the mean square of its louder half.
    """
    if ratio >= CLEAN:
        return wave
    generator = torch.Generator().manual_seed(seed)
    noise = torch.randn(len(wave), generator=generator)
    return (wave + noise * loudness(wave) * 10 ** (-ratio / 20)).clamp(-1, 1)
