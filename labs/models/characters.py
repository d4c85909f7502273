"""Character models: a vanilla RNN, a GRU and an LSTM that guess the next character.

Karpathy, "The unreasonable effectiveness of recurrent neural networks",
https://karpathy.github.io/2015/05/21/rnn-effectiveness/
"""

from functools import partial
from typing import ClassVar

import torch
from torch import Tensor, nn

from labs.data.text import PRINTABLE
from labs.models.initialise import untrained

State = Tensor | tuple[Tensor, Tensor]  # (layers, N, hidden), for the LSTM with its cells


class CharNet(nn.Module):
    """Embedding, recurrent layers, and a dense layer that gives a logit for each next character."""

    kind: ClassVar[str]
    layer: ClassVar[type[nn.RNNBase]]

    def __init__(
        self,
        vocabulary: int = len(PRINTABLE),
        embedding: int = 64,
        hidden: int = 256,
        layers: int = 2,
        dropout: float = 0.0,
    ) -> None:
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, embedding)
        self.recurrent = self.layer(embedding, hidden, layers, dropout=dropout, batch_first=True)
        self.drop = nn.Dropout(dropout)
        self.head = nn.Linear(hidden, vocabulary)

    def forward(self, x: Tensor, state: State | None = None) -> tuple[Tensor, State]:
        """Return logits (N, T, vocabulary) and the last state, for characters x: (N, T)."""
        h, state = self.recurrent(self.embedding(x), state)
        return self.head(self.drop(h)), state


class CharRNN(CharNet):
    """h_t = tanh(W_ih x_t + W_hh h_(t-1) + b)."""

    kind = "rnn"
    layer = nn.RNN


class CharGRU(CharNet):
    """Two gates: what to reset, what to keep."""

    kind = "gru"
    layer = nn.GRU


class CharLSTM(CharNet):
    """Three gates and a cell that is only added to."""

    kind = "lstm"
    layer = nn.LSTM


KINDS: dict[str, type[CharNet]] = {net.kind: net for net in (CharRNN, CharGRU, CharLSTM)}


def fresh(
    kind: str, vocabulary: int, generator: torch.Generator, *, hidden: int, embedding: int = 32
) -> CharNet:
    """Return an untrained net of one layer, its weights drawn from `generator`."""
    return untrained(partial(KINDS[kind], vocabulary, embedding, hidden, layers=1), generator)


def detach(state: State) -> State:
    """Return state cut off from what computed it: where back-propagation through time ends."""
    return tuple(s.detach() for s in state) if isinstance(state, tuple) else state.detach()


@torch.no_grad()
def held_out_loss(model: CharNet, numbers: Tensor, part: int = 2000) -> float:
    """Return the mean loss in nats a character over numbers: (length,), read as one stream."""
    total, state = 0.0, None
    for start in range(0, len(numbers) - 1, part):
        x = numbers[start : start + part + 1]
        logits, state = model(x[None, :-1], state)
        total += nn.functional.cross_entropy(logits[0], x[1:], reduction="sum").item()
    return total / (len(numbers) - 1)


@torch.no_grad()
def passages_loss(model: CharNet, numbers: Tensor, count: int, length: int) -> float:
    """Return the mean loss in nats a character over passages that lie evenly in numbers: (T,).

    At most `count` of at most `length` characters, each read from the state of zeros: the beginning
    of a text alone need not be like the rest of it.
    """
    length = min(length, len(numbers) - 1)
    count = min(count, (len(numbers) - 1) // length)
    starts = torch.linspace(0, len(numbers) - 1 - length, count).long()
    x = numbers[starts[:, None] + torch.arange(length + 1)]  # (count, length + 1)
    logits, _ = model(x[:, :-1])
    return nn.functional.cross_entropy(logits.flatten(0, 1), x[:, 1:].flatten()).item()
