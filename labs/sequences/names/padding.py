"""Names of different lengths in one batch: padded to a rectangle, packed without the padding."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn.utils.rnn import pack_padded_sequence, pad_sequence

from labs.data.names import LETTERS, encode

PAD = "·"


@dataclass(frozen=True)
class Batch:
    """A batch as it is computed."""

    padded: tuple[str, ...]  # each name filled up to the longest
    steps: tuple[str, ...]  # the letters that are read together, step by step, the longest first
    sizes: tuple[int, ...]  # how many names are still being read at each step
    saved: float  # share of the rectangle that is padding and costs nothing


def pack(names: Sequence[str]) -> Batch:
    """Return how `names` are padded and packed, as torch does it."""
    numbers = [encode(name) for name in names]
    lengths = torch.tensor([len(n) for n in numbers])
    x = pad_sequence(numbers, batch_first=True, padding_value=-1)  # (N, T)
    packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
    sizes = packed.batch_sizes.tolist()
    letters = [LETTERS.symbols[i] for i in packed.data.tolist()]
    steps, at = [], 0
    for size in sizes:
        steps.append("".join(letters[at : at + size]))
        at += size
    rows = ("".join(PAD if i < 0 else LETTERS.symbols[i] for i in row) for row in x.tolist())
    return Batch(tuple(rows), tuple(steps), tuple(sizes), 1 - len(packed.data) / x.numel())


def table(batch: Batch) -> str:
    """Return the batch as lines of text: a row for each name, a column for each step."""
    rows = sorted(batch.padded, key=lambda row: row.count(PAD))
    lines = [
        ("step", range(1, len(batch.sizes) + 1)),
        *((row.rstrip(PAD), row) for row in rows),
        ("names computed", batch.sizes),
    ]
    width = max(len(name) for name, _ in lines)
    drawn = (f"{name:{width}} " + "".join(f"{c!s:>3}" for c in cells) for name, cells in lines)
    return "\n".join([*drawn, f"padding left out: {batch.saved:.0%} of the rectangle"])


def batch_of(items: Sequence[Tensor], size: int) -> Iterator[Sequence[Tensor]]:
    """Yield items in parts of at most `size`."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
