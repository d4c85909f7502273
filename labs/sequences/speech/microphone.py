"""A microphone's sound as it comes: pieces from a browser, put together and brought to our rate."""

from base64 import b64decode

import torch
from torch import Tensor

from labs.live.checks import whole
from labs.live.experiment import Event
from labs.models.speech.resample import resampled
from labs.sound_files import LONGEST

RATES = (4_000, 384_000)  # samples a second
PIECE = 400_000  # characters of a piece in base64


class Microphone:
    """What a microphone has heard since it was switched on."""

    def __init__(self) -> None:
        self._pieces: list[Tensor] | None = None  # None: it is off

    @property
    def on(self) -> bool:
        """Whether it hears."""
        return self._pieces is not None

    def hear(self, event: Event) -> tuple[Tensor, bool]:
        """Take in a piece; return all that was heard, (N,) in [-1, 1] at 8 kHz, and whether the
        piece was the first.  What is beyond LONGEST seconds is left out.  Raises ValueError.
        """
        data, rate = event.get("data"), whole(event.get("rate"), *RATES, "A rate")
        if not isinstance(data, str) or len(data) > PIECE:
            raise ValueError(f"A piece of sound is text of at most {PIECE:,} characters.")
        try:
            samples = b64decode(data, validate=True)
        except ValueError:
            raise ValueError("A piece of sound is base64.") from None
        first = event.get("begin") is True or not self.on
        if first:
            self._pieces = [torch.zeros(0)]
        whole_ones = bytearray(samples[: len(samples) & ~1])
        if whole_ones:
            numbers = torch.frombuffer(whole_ones, dtype=torch.int16)
            self._pieces.append(numbers.float() / 2**15)
        return resampled(torch.cat(self._pieces)[: int(LONGEST * rate)], rate), first

    def off(self) -> None:
        """Hear no more."""
        self._pieces = None
