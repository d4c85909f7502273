"""Recurrent readers of a name: forwards, backwards and both ways; and a writer of names.

Schuster & Paliwal (1997), Bidirectional recurrent neural networks; Cho et al. (2014), the GRU.
"""

from collections.abc import Sequence
from typing import ClassVar

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_sequence

from labs.data.names import LANGUAGES, LETTERS

EMBEDDING, HIDDEN = 32, 128
START = END = len(LETTERS)  # one more symbol, before the first letter and after the last


class NameReader(nn.Module):
    """A GRU reads the letters; its last states give a logit for each language."""

    directions: ClassVar[tuple[str, ...]]

    def __init__(self, dropout: float = 0.0) -> None:
        super().__init__()
        self.embedding = nn.Embedding(len(LETTERS), EMBEDDING)
        self.drop = nn.Dropout(dropout)
        self.readers = nn.ModuleDict(
            {name: nn.GRU(EMBEDDING, HIDDEN, batch_first=True) for name in self.directions}
        )
        self.head = nn.Linear(HIDDEN * len(self.directions), len(LANGUAGES))

    def forward(self, names: Sequence[Tensor]) -> Tensor:
        """Return logits (N, languages) for N names, each (length,): padded, then packed."""
        lengths = torch.tensor([len(name) for name in names])
        last = []
        for direction, reader in self.readers.items():
            turned = [name.flip(0) for name in names] if direction == "backwards" else names
            x = self.drop(self.embedding(pad_sequence(turned, batch_first=True)))  # (N, T, E)
            packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
            _, h = reader(packed)
            last.append(h[0])
        return self.head(self.drop(torch.cat(last, 1)))


class ForwardReader(NameReader):
    """Reads from the first letter to the last."""

    directions = ("forwards",)


class BackwardReader(NameReader):
    """Reads from the last letter to the first."""

    directions = ("backwards",)


class BothWaysReader(NameReader):
    """Reads in both directions and looks at both last states."""

    directions = ("forwards", "backwards")


class NameWriter(nn.Module):
    """A GRU that guesses the next letter of a name of a given language."""

    def __init__(self, dropout: float = 0.0) -> None:
        super().__init__()
        self.embedding = nn.Embedding(len(LETTERS) + 1, EMBEDDING)
        self.language = nn.Embedding(len(LANGUAGES), EMBEDDING)
        self.drop = nn.Dropout(dropout)
        self.writer = nn.GRU(2 * EMBEDDING, HIDDEN, batch_first=True)
        self.head = nn.Linear(HIDDEN, len(LETTERS) + 1)

    def forward(
        self, x: Tensor, language: Tensor, h: Tensor | None = None
    ) -> tuple[Tensor, Tensor]:
        """Return logits (N, T, symbols) and the last state, for letters x: (N, T)."""
        of = self.language(language)[:, None].expand(-1, x.shape[1], -1)
        h, last = self.writer(self.drop(torch.cat([self.embedding(x), of], 2)), h)
        return self.head(self.drop(h)), last
