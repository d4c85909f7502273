"""From logits to a character: temperature, top-k, top-p, and a Gumbel-max throw.

Top-p (nucleus): Holtzman et al. (2019), https://arxiv.org/abs/1904.09751.  Gumbel-max: the index
of the largest log p + noise is a draw from p, when the noise is Gumbel; equally the largest p / E
with E exponential, Maddison et al. (2014), https://arxiv.org/abs/1411.0030.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor

from labs.data.text import PRINTABLE, Vocabulary
from labs.models.characters import CharNet
from labs.sequences.language.stepper import Stepper

COLDEST = 0.05  # below this the likeliest character is taken
BLOCK = 512  # throws of noise made at once


@dataclass(frozen=True)
class Settings:
    """How a character is chosen; top_k 0 and top_p 1 leave every character in."""

    temperature: float = 1.0
    top_k: int = 0
    top_p: float = 1.0

    def __post_init__(self) -> None:
        if not 0 <= self.temperature <= 100:
            raise ValueError(f"The temperature lies between 0 and 100, not {self.temperature:g}.")
        if self.top_k < 0:
            raise ValueError(f"top-k is 0 (all) or more, not {self.top_k}.")
        if not 0 < self.top_p <= 1:
            raise ValueError(f"top-p lies above 0 and up to 1, not {self.top_p:g}.")


@dataclass(frozen=True)
class Sampled:
    """One character that was drawn."""

    character: str
    number: int
    distribution: Tensor  # (vocabulary - 1,) that it was drawn from: the unknown symbol is not
    surprise: float  # bits, by the model's own distribution at temperature 1
    hidden: Tensor | None = None  # (layers, H) before it


def distribution(logits: Tensor, how: Settings) -> tuple[Tensor, Tensor]:
    """Return two distributions over logits: (V,): at the temperature, and what is left of it.

    The second is 0 for the rejected characters and adds up to 1 over the kept ones.
    """
    if how.temperature < COLDEST:
        p = torch.zeros_like(logits)
        p[logits.argmax()] = 1
        return p, p
    p = torch.softmax(logits if how.temperature == 1 else logits / how.temperature, 0)
    if not how.top_k and how.top_p == 1:
        return p, p
    ranked, order = p.sort(descending=True)
    keep = torch.ones_like(ranked, dtype=torch.bool)
    if how.top_k:
        keep[how.top_k :] = False
    # a character stays while the mass before it is short of p: the one that reaches it stays too
    keep &= ranked.cumsum(0) - ranked < how.top_p
    kept = torch.zeros_like(p).scatter(0, order, ranked * keep)
    return p, kept / kept.sum()


class Noise:
    """Exponential noise from one generator, a row for each draw, made in blocks."""

    def __init__(self, size: int, generator: torch.Generator) -> None:
        self._rows = torch.empty(BLOCK, size)
        self._views = self._rows.unbind()
        self._generator = generator
        self._at = BLOCK

    def next(self) -> Tensor:
        """Return the next row (size,)."""
        if self._at == BLOCK:
            self._rows.exponential_(generator=self._generator)
            self._at = 0
        self._at += 1
        return self._views[self._at - 1]


def throw(p: Tensor, noise: Tensor) -> int:
    """Return an index drawn from p: (V,) with a row of exponential noise."""
    return int((p / noise).argmax())


def sample_steps(
    model: CharNet,
    prefix: str,
    *,
    temperature: float = 1.0,
    top_k: int = 0,
    top_p: float = 1.0,
    generator: torch.Generator,
    vocabulary: Vocabulary = PRINTABLE,
    hidden: bool = False,
) -> Iterator[Sampled]:
    """Yield one character after the other, without end, after reading `prefix`.

    An empty prefix begins after a line break.  Characters outside the vocabulary are read as its
    unknown symbol, which is itself never drawn.  Raises ValueError for settings out of range.
    """
    how = Settings(temperature, top_k, top_p)
    stepper, noise = Stepper(model), Noise(len(vocabulary) - 1, generator)
    for number in vocabulary.encode(prefix or "\n").tolist():
        logits = stepper.feed(number)
    while True:
        _, p = distribution(known(logits), how)
        number = throw(p, noise.next())
        state = stepper.h.view(stepper.layers, -1).clone() if hidden else None
        bits = surprise(logits, number)
        yield Sampled(vocabulary.symbols[number], number, p, bits, state)
        logits = stepper.feed(number)


def known(logits: Tensor) -> Tensor:
    """Return logits: (V,) without the unknown symbol, the last, which is never drawn."""
    return logits[:-1]


def surprise(logits: Tensor, number: int) -> float:
    """Return -log2 p of character `number` in bits, p by the softmax of logits: (V,)."""
    return -torch.log_softmax(logits, 0)[number].item() / math.log(2)
