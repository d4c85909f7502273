"""A pen on the spectrogram: where it has drawn, the tones in the middle of the mel bands sound."""

import zlib

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from labs import urlsafe
from labs.live.checks import whole
from labs.live.experiment import Event
from labs.models.speech.mel import BANDS, HOP, RATE, corners

LOUD = 0.05  # of one band's tone; a recording's louder half has a root mean square of 0.1
WIDE = 1  # bands and windows on each side of the pen
FARTHEST = 10_000  # windows
GOLDEN = 0.618  # of a turn from one tone's phase to the next, so that they do not begin as one


def windows(samples: int) -> int:
    """Return how many windows a wave has."""
    return 1 + samples // HOP


def drawn(ink: Tensor | None, event: Event, samples: int) -> Tensor:
    """Return ink (BANDS, windows), bool, with a line from one cell to another.

    The event's `cells` are two of [column, row], rows counted from the top.  Raises ValueError.
    """
    cells = event.get("cells")
    if not isinstance(cells, list) or len(cells) != 2 or any(
        not isinstance(cell, list) or len(cell) != 2 for cell in cells
    ):  # fmt: skip
        raise ValueError("A line is two cells, each a column and a row.")
    last = windows(samples) - 1
    ends = [(min(whole(c, 0, FARTHEST, "A moment"), last),
             BANDS - 1 - whole(r, 0, BANDS - 1, "A band")) for c, r in cells]  # fmt: skip
    longest = max(abs(a - b) for a, b in zip(*ends, strict=True))
    ink = torch.zeros(BANDS, last + 1, dtype=torch.bool) if ink is None else ink.clone()
    for column, band in np.linspace(*ends, longest + 1).round().astype(int):
        ink[max(0, band - WIDE) : band + WIDE + 1, max(0, column - WIDE) : column + WIDE + 1] = True
    return ink


def tones(ink: Tensor, samples: int) -> Tensor:
    """Return the sound of what is drawn, (samples,): a tone for each band, on where there is ink,
    and fading from one window to the next.
    """
    middle = (ink.shape[1] - 1) * HOP + 1
    loud = F.interpolate(ink[None].float(), size=middle, mode="linear", align_corners=True)[0]
    loud = F.pad(loud, (0, HOP))[:, :samples]
    bands = ink.any(1).nonzero()[:, 0]  # those that sound
    turns = corners()[bands + 1, None] * torch.arange(samples) / RATE + GOLDEN * bands[:, None]
    return LOUD * (loud[bands] * torch.sin(2 * torch.pi * turns)).sum(0)


def to_text(ink: Tensor) -> str:
    """Return ink for an address."""
    return urlsafe.to_text(zlib.compress(np.packbits(ink.numpy()).tobytes(), 9))


def from_text(text: str, samples: int) -> Tensor:
    """Read what `to_text` wrote, for a wave with so many samples.  Raises ValueError."""
    size = BANDS * windows(samples)
    unpack = zlib.decompressobj()
    try:
        data = unpack.decompress(urlsafe.from_text(text[:20_000]), size)
    except zlib.error:
        data = b""
    if len(data) != -(-size // 8) or not unpack.eof:
        raise ValueError("What is drawn in the link is damaged, and left out.")
    bits = np.unpackbits(np.frombuffer(data, np.uint8), count=size)
    return torch.from_numpy(bits.astype(bool)).view(BANDS, -1)
