"""Encoder and decoder: a sentence is read by one recurrent net and written by another.

Sutskever, Vinyals & Le, "Sequence to sequence learning with neural networks",
https://arxiv.org/abs/1409.3215: one vector holds the whole sentence.
Bahdanau, Cho & Bengio, "Neural machine translation by jointly learning to align and translate",
https://arxiv.org/abs/1409.0473: before each word the decoder looks at all states of the encoder,

    e_ij = v . tanh(W s_(i-1) + U h_j),   alpha_i = softmax(e_i),   c_i = sum_j alpha_ij h_j,
    s_i = GRU(s_(i-1), [y_(i-1); c_i]),   p_i = softmax(E tanh(V [s_i; c_i; y_(i-1)]) + b).

Both nets read in both directions and are alike but for c_i.  In the plain one it is the same for
all words: the last state of each direction, as in Cho et al., https://arxiv.org/abs/1406.1078.
Departures: the embedding E of all pieces serves both languages and the output; tanh for maxout.
"""

from collections.abc import Sequence
from typing import ClassVar

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from labs.models.translation import decode
from labs.models.translation.decode import Translation
from labs.models.translation.pieces import PAD, Table, english_french
from labs.models.translation.records import Encoded, Step


class Translator(nn.Module):
    """What both nets share."""

    attends: ClassVar[bool]

    def __init__(
        self,
        vocabulary: int = 4000,
        embedding: int = 192,
        hidden: int = 256,
        alignment: int = 128,
        dropout: float = 0.0,
    ) -> None:
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, embedding)
        nn.init.normal_(self.embedding.weight, std=embedding**-0.5)
        self.forwards = nn.GRUCell(embedding, hidden)
        self.backwards = nn.GRUCell(embedding, hidden)
        self.decoder = nn.GRUCell(embedding + 2 * hidden, hidden)
        self.begin = nn.Linear(2 * hidden, hidden)
        self.readout = nn.Linear(hidden + 2 * hidden + embedding, embedding)
        self.bias = nn.Parameter(torch.zeros(vocabulary))
        if self.attends:
            self.query = nn.Linear(hidden, alignment)
            self.key = nn.Linear(2 * hidden, alignment, bias=False)
            self.energy = nn.Parameter(torch.randn(alignment) * alignment**-0.5)
        self.drop = nn.Dropout(dropout)

    @property
    def table(self) -> Table:
        """The pieces that it reads and writes."""
        return english_french()

    def encode(self, source: Tensor) -> Encoded:
        """Return what the encoder makes of source: (N, S) pieces, PAD at the ends."""
        mask = source != PAD
        x = self.drop(self.embedding(source))
        ahead = run(self.forwards, x, mask)
        back = run(self.backwards, x.flip(1), mask.flip(1)).flip(1)
        states = torch.cat([ahead, back], 2) * mask[..., None]
        summary = torch.cat([ahead[:, -1], back[:, 0]], 1)
        keys = self.key(states).float() if self.attends else states[..., :0]
        return Encoded(states, keys, mask, summary)

    def start(self, encoded: Encoded) -> Tensor:
        """Return s_0: (N, D)."""
        return torch.tanh(self.begin(encoded.summary)).float()

    def attend(self, state: Tensor, encoded: Encoded) -> Tensor:
        """Return alpha: (N, S) for the state s_(i-1): (N, D)."""
        mixed = torch.tanh(encoded.keys + self.query(state)[:, None])  # (N, S, A)
        scores = mixed @ self.energy
        return scores.masked_fill(~encoded.mask, -torch.inf).softmax(1)

    def look(
        self, state: Tensor, encoded: Encoded, attention: Tensor | None = None
    ) -> tuple[Tensor, Tensor]:
        """Return alpha_i: (N, S) and c_i: (N, 2H); with `attention`, those weights are taken."""
        if not self.attends:
            return encoded.states.new_zeros(encoded.mask.shape), encoded.summary
        if attention is None:
            attention = self.attend(state, encoded)
        return attention, (attention[:, None] @ encoded.states)[:, 0]

    def step(
        self, previous: Tensor, state: Tensor, encoded: Encoded, attention: Tensor | None = None
    ) -> Step:
        """Return what follows the pieces previous: (N,) in the state s_(i-1): (N, D)."""
        y = self.embedding(previous)
        attention, context = self.look(state, encoded, attention)
        state = self.decoder(torch.cat([y, context], 1), state)
        logits = F.linear(self.feature(state, context, y), self.embedding.weight, self.bias)
        return Step(state, logits, attention, context)

    def feature(self, state: Tensor, context: Tensor, y: Tensor) -> Tensor:
        """Return tanh(V [s; c; y]): (..., E)."""
        return self.drop(torch.tanh(self.readout(torch.cat([state, context, y], -1))))

    def translate(self, text: str, *, beam: int = 1) -> Translation:
        """Return a sentence in French; beam 1 takes the likeliest next piece."""
        return decode.translate(self, text, beam)

    def translate_all(self, texts: Sequence[str], *, beam: int = 1) -> list[Translation]:
        """Return many sentences in French, in their order."""
        return decode.translate_all(self, texts, beam)

    def forward(self, source: Tensor, target: Tensor) -> Tensor:
        """Return logits (N, T, V) after each piece of target: (N, T), the right words before it
        (teacher forcing).  The same numbers as `step` gives one by one.
        """
        return F.linear(self.features(source, target), self.embedding.weight, self.bias)

    def features(self, source: Tensor, target: Tensor) -> Tensor:
        """Return (N, T, E), which the embeddings of all pieces are multiplied with for logits."""
        encoded = self.encode(source)
        y = self.drop(self.embedding(target))
        wide = y.shape[2]
        W = self.decoder.weight_ih
        pre = F.linear(y, W[:, :wide], self.decoder.bias_ih).float()  # for all steps at once
        state, states, contexts = self.start(encoded), [], []
        fixed = None
        for pre_t in pre.unbind(1):
            if self.attends or fixed is None:
                _, context = self.look(state, encoded)
                fixed = F.linear(context, W[:, wide:])
            hidden = F.linear(state, self.decoder.weight_hh, self.decoder.bias_hh)
            state = gru(pre_t + fixed, hidden, state)
            states.append(state)
            contexts.append(context)
        return self.feature(torch.stack(states, 1), torch.stack(contexts, 1), y)


class TranslatePlain(Translator):
    """All that the decoder knows of the sentence went through one vector."""

    attends = False


class TranslateAttention(Translator):
    """The decoder looks at the sentence before every word."""

    attends = True


@torch.no_grad()
def fresh(kind: type[Translator], generator: torch.Generator, *sizes: int) -> Translator:
    """Return an untrained net of these sizes, its weights drawn from `generator`.

    Uniform within 1 / sqrt(inputs of a unit), biases within 1 / sqrt(hidden); the embeddings are
    normal, with the length of a vector near 1.
    """
    with torch.device("meta"):  # without weights: torch would draw them from the global seed
        net = kind(*sizes)
    net = net.to_empty(device="cpu")
    for name, p in net.named_parameters():
        if name == "embedding.weight":
            p.normal_(std=p.shape[1] ** -0.5, generator=generator)
        elif name == "bias":
            p.zero_()
        else:
            bound = (p.shape[1] if p.dim() > 1 else net.decoder.hidden_size) ** -0.5
            p.uniform_(-bound, bound, generator=generator)
    return net


def gru(pre: Tensor, hidden: Tensor, h: Tensor) -> Tensor:
    """Return the next state (N, H): pre and hidden: (N, 3H) are W x + b and U h + b."""
    x_rz, x_n = pre.tensor_split((2 * h.shape[1],), 1)
    h_rz, h_n = hidden.tensor_split((2 * h.shape[1],), 1)
    r, z = torch.sigmoid(x_rz + h_rz).chunk(2, 1)
    n = torch.tanh(x_n + r * h_n)
    return torch.lerp(n, h, z)


def run(cell: nn.GRUCell, x: Tensor, mask: Tensor) -> Tensor:
    """Return the states (N, S, H) of a cell over x: (N, S, E); padding leaves a state as it was."""
    pre = F.linear(x, cell.weight_ih, cell.bias_ih).float()
    h, states = pre.new_zeros(len(x), cell.hidden_size), []
    whole = mask.all(0).tolist()
    for t, pre_t in enumerate(pre.unbind(1)):
        new = gru(pre_t, F.linear(h, cell.weight_hh, cell.bias_hh), h)
        h = new if whole[t] else torch.where(mask[:, t, None], new, h)
        states.append(h)
    return torch.stack(states, 1)
