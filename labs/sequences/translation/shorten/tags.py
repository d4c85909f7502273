"""How likely each word of a sentence is kept, and what is left above a limit."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from labs.data.words import cut, joined
from labs.models.shortener import Shortener
from labs.models.translation.pieces import UNKNOWN

READ = 60  # words of a sentence that are read
ROUNDS = 4  # times that a sentence is shortened again


@dataclass(frozen=True)
class Tags:
    """The words of a sentence and what the net makes of them."""

    words: tuple[str, ...]  # (S,)
    p: Tensor  # (S,) probability that each is kept
    states: Tensor  # (S, 2H), forwards and backwards
    unknown: tuple[str, ...]  # words outside the table, each once
    left_out: int  # words that were not read

    def kept(self, limit: float) -> list[str]:
        """Return the words whose probability lies above a limit."""
        return [word for word, p in zip(self.words, self.p.tolist(), strict=True) if p > limit]


@torch.no_grad()
def tag(net: Shortener, words: Sequence[str]) -> Tags:
    """Return the probabilities of a sentence's words."""
    read = tuple(words[:READ])
    if not read:
        return Tags((), torch.zeros(0), torch.zeros(0, 2 * net.forwards.hidden_size), (), 0)
    numbers = [net.table.numbers.get(word, UNKNOWN) for word in read]
    states = net.states(torch.tensor(numbers)[None])
    p = net.readout(states)[0, :, 0].sigmoid()
    strange = (word for word, n in zip(read, numbers, strict=True) if n == UNKNOWN)
    unknown = tuple(dict.fromkeys(strange))
    return Tags(read, p, states[0], unknown, len(words) - len(read))


def rounds(net: Shortener, text: str, limit: float) -> list[str]:
    """Return the sentence shortened, shortened again, and so on until nothing changes."""
    found, words = [], cut(text)[:READ]
    for _ in range(ROUNDS):
        left = tag(net, words).kept(limit)
        if left == words:
            break
        found.append(joined(left))
        words = left
    return found
