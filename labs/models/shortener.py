"""A net that leaves words out: read in both directions, each word is tagged as kept or not.

Filippova, Alfonseca, Colmenares, Kaiser & Vinyals, "Sentence compression by deletion with LSTMs",
https://aclanthology.org/D15-1042; here a bidirectional GRU (Schuster & Paliwal,
https://doi.org/10.1109/78.650093) and no decoder:

    p(keep word j) = sigmoid(w . [forwards state h_j; backwards state h_j] + b).
"""

import torch
from torch import Tensor, nn

from labs.models.chat.words import Words, table
from labs.models.translation.net import run
from labs.models.translation.pieces import PAD

SIZES = (64, 96)  # of an embedding and of a state


class Shortener(nn.Module):
    """For each word of a sentence the probability that it is kept."""

    def __init__(self, dropout: float = 0.0) -> None:
        super().__init__()
        embedding, hidden = SIZES
        self.embedding = nn.Embedding(len(self.table), embedding)
        self.forwards = nn.GRUCell(embedding, hidden)
        self.backwards = nn.GRUCell(embedding, hidden)
        self.readout = nn.Linear(2 * hidden, 1)
        self.drop = nn.Dropout(dropout)

    @property
    def table(self) -> Words:
        """The words that it reads."""
        return table("shorten")

    def states(self, source: Tensor) -> Tensor:
        """Return both directions' states (N, S, 2H) over source: (N, S), PAD at the ends."""
        mask = source != PAD
        x = self.drop(self.embedding(source))
        ahead = run(self.forwards, x, mask)
        back = run(self.backwards, x.flip(1), mask.flip(1)).flip(1)
        return torch.cat([ahead, back], 2)

    def forward(self, source: Tensor) -> Tensor:
        """Return logits (N, S) of "keep" over source: (N, S)."""
        return self.readout(self.drop(self.states(source)))[..., 0]
