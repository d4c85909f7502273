"""From text to text: the pieces of a sentence, the decoder step by step, and the words again.

The nets here are the translators of `net.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import pad_sequence

from labs.data.translations import clean
from labs.models.translation.beam import Hypothesis, beam_search
from labs.models.translation.pieces import END, PAD, START, UNKNOWN
from labs.models.translation.records import Encoded

LONGEST = 200  # pieces that are read; what follows is left out
PENALTY = 1.0  # of the length, in a beam


@dataclass(frozen=True)
class Translation:
    """A sentence and what became of it."""

    text: str
    tokens: tuple[str, ...]  # pieces; "▁" begins a word
    log_prob: float  # nats, the end included
    source_tokens: tuple[str, ...]
    attention: Tensor | None  # (tokens, source_tokens); None in the plain net


def longest(source: int) -> int:
    """Return how many pieces a translation of `source` pieces may have."""
    return 2 * source + 10


def silent(logits: Tensor) -> Tensor:
    """Return log-probabilities (N, V) without what is never written: padding, start, unknown."""
    logits = logits.clone()
    logits[:, [PAD, START, UNKNOWN]] = -torch.inf
    return logits.log_softmax(1)


class Memory:
    """The decoder's states by the prefixes that led to them: `step` of a beam search."""

    def __init__(self, net: nn.Module, encoded: Encoded) -> None:
        """encoded: one sentence."""
        self.net, self.encoded = net, encoded
        self.states: dict[tuple[int, ...], Tensor] = {(): net.start(encoded)[0]}
        self.attention: dict[tuple[int, ...], Tensor] = {}

    @torch.no_grad()
    def step(self, prefixes: list[tuple[int, ...]]) -> Tensor:
        """Return log p (N, V) of what follows; the beginnings of the prefixes were asked before."""
        state = torch.stack([self.states[prefix[:-1]] for prefix in prefixes])
        last = torch.tensor([prefix[-1] for prefix in prefixes])
        n = len(prefixes)
        many = type(self.encoded)(*(part.expand(n, *part.shape[1:]) for part in self.encoded))
        out = self.net.step(last, state, many)
        self.states |= dict(zip(prefixes, out.state, strict=True))
        self.attention |= dict(zip(prefixes, out.attention, strict=True))
        return silent(out.logits)

    def weights(self, tokens: tuple[int, ...]) -> Tensor:
        """Return the attention (tokens, S) with which these tokens were written."""
        prefix = (START, *tokens)
        rows = [self.attention[prefix[: i + 1]] for i in range(len(tokens))]
        return torch.stack(rows) if rows else self.encoded.states.new_zeros(0, len(self))

    def __len__(self) -> int:
        return self.encoded.mask.shape[1]


def translate(net: nn.Module, text: str, beam: int) -> Translation:
    """Return the translation of a text; an empty one has no words."""
    numbers = net.table.encode(clean(text))[:LONGEST]
    if not numbers:
        empty = torch.zeros(0, 0) if net.attends else None
        return Translation("", (), 0.0, (), empty)
    with torch.no_grad():
        memory = Memory(net, net.encode(torch.tensor(numbers)[None]))
    best = beam_search(
        memory.step, START, width=beam, end=END, max_length=longest(len(numbers)),
        length_penalty=PENALTY if beam > 1 else 0.0,
    )[0]  # fmt: skip
    return _told(net, numbers, best, memory.weights(best.tokens))


@torch.no_grad()
def translate_all(net: nn.Module, texts: Sequence[str], beam: int) -> list[Translation]:
    """Return the translations of many texts; the greedy ones are made side by side."""
    if beam > 1:
        return [translate(net, text, beam) for text in texts]
    numbers = [net.table.encode(clean(text))[:LONGEST] for text in texts]
    done: list[Translation | None] = [None if n else translate(net, "", 1) for n in numbers]
    order = sorted((i for i, n in enumerate(numbers) if n), key=lambda i: len(numbers[i]))
    for at in range(0, len(order), 100):
        group = order[at : at + 100]
        for i, found in zip(group, greedy(net, [numbers[i] for i in group]), strict=True):
            done[i] = _told(net, numbers[i], *found)
    return done


@torch.no_grad()
def greedy(
    net: nn.Module, sources: Sequence[Sequence[int]], most: int = 0
) -> list[tuple[Hypothesis, Tensor]]:
    """Return for each source the likeliest next piece, again and again, and its attention.

    most: pieces at most; 0 for what `longest` says of a translation.
    """
    source = pad_sequence([torch.tensor(s) for s in sources], True, padding_value=PAD)
    encoded = net.encode(source)
    state, n = net.start(encoded), len(sources)
    last, total = torch.full((n,), START), torch.zeros(n)
    over = torch.zeros(n, dtype=torch.bool)
    limit = torch.tensor([most or longest(len(s)) for s in sources])
    pieces, looks = [], []
    while not over.all():
        out = net.step(last, state, encoded)
        log_p, last = silent(out.logits).max(1)
        total += log_p.masked_fill(over, 0)
        state = out.state
        pieces.append(last.masked_fill(over, PAD))
        looks.append(out.attention)
        over = over | (last == END) | (len(pieces) >= limit)
    table, look = torch.stack(pieces, 1).tolist(), torch.stack(looks, 1)
    found = []
    for i, row in enumerate(table):
        tokens = tuple(t for t in row if t > END)
        p = float(total[i])
        best = Hypothesis(tokens, p, p, END in row)
        found.append((best, look[i, : len(tokens), : len(sources[i])]))
    return found


def _told(net: nn.Module, source: list[int], best: Hypothesis, weights: Tensor) -> Translation:
    table = net.table
    return Translation(
        table.decode(best.tokens),
        tuple(table.symbols[i] for i in best.tokens),
        best.log_prob,
        tuple(table.symbols[i] for i in source),
        weights if net.attends else None,
    )
