"""One answer of a net: its words, what each cost, what was looked at, and how unsure it was."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from labs.data.words import cut
from labs.models.chat.net import WRITTEN, Answerer
from labs.models.chat.words import DESK, YOU
from labs.models.translation.decode import silent
from labs.models.translation.pieces import END, START, UNKNOWN

READ = 300  # words of the conversation that are read, the last ones
SIGNS = {YOU: "you:", DESK: "net:", END: "(end)", UNKNOWN: "(unknown)"}


@dataclass(frozen=True)
class Answer:
    """All numbers of one answer; T words were said, the end not counted."""

    source: tuple[int, ...]  # (S,) the conversation as it was read
    words: tuple[str, ...]  # (S,) as they were typed
    tokens: tuple[int, ...]  # (T,)
    ended: bool
    forced: int  # how many of the first words a hand has chosen
    log_p: Tensor  # (T + 1, V): of the word at each place, the end's place last
    attention: Tensor  # (T + 1, S)
    summary: Tensor  # (2H,): the last states of both directions

    @property
    def costs(self) -> Tensor:
        """What each word and the end cost, (T + 1,) nats."""
        return -self.log_p[torch.arange(len(self.log_p)), torch.tensor([*self.tokens, END])]

    @property
    def log_prob(self) -> float:
        """Of the answer and its end, nats; without the end where it has none."""
        return -float((self.costs if self.ended else self.costs[:-1]).sum())

    @property
    def entropies(self) -> Tensor:
        """How wide the distribution of the next word is at each place, (T + 1,) nats."""
        return -(self.log_p.exp() * self.log_p.nan_to_num(neginf=0)).sum(1)

    @property
    def unknown(self) -> tuple[str, ...]:
        """The words of the last message that the net does not know, each once."""
        last = len(self.source) - 1 - self.source[::-1].index(YOU)
        here = zip(self.source[last:], self.words[last:], strict=True)
        return tuple(dict.fromkeys(word for n, word in here if n == UNKNOWN))


def conversation(net: Answerer, messages: Sequence[str]) -> tuple[list[int], list[str]]:
    """Return the numbers of a conversation and its words as typed; each message has a mark."""
    numbers, words = net.table.read(messages), []
    for i, text in enumerate(messages):
        words += [SIGNS[DESK if i % 2 else YOU], *cut(text)]
    return numbers, words


@torch.no_grad()
def answer(net: Answerer, messages: Sequence[str], forced: Sequence[int] = ()) -> Answer:
    """Return what a net says to messages, the visitor's first and last.

    forced: the first words of the answer; with END as the last of them it is all of it.
    """
    numbers, words = (part[-READ:] for part in conversation(net, messages))
    encoded = net.encode(torch.tensor(numbers)[None])
    state, last = net.start(encoded), START
    tokens, log_ps, looks = [], [], []
    while True:
        step = net.step(torch.tensor([last]), state, encoded)
        state = step.state
        log_ps.append(silent(step.logits)[0])
        looks.append(step.attention[0])
        at = len(tokens)
        last = forced[at] if at < len(forced) else int(log_ps[-1].argmax())
        if last == END or at == WRITTEN:
            break
        tokens.append(last)
    return Answer(
        tuple(numbers), tuple(words), tuple(tokens), last == END,
        min(len(forced), len(tokens)), torch.stack(log_ps), torch.stack(looks), encoded.summary[0],
    )  # fmt: skip


@dataclass(frozen=True)
class Drawn:
    """An answer that was drawn by chance."""

    tokens: tuple[int, ...]
    log_prob: float  # nats at temperature 1, the end included
    ended: bool


@torch.no_grad()
def draw(
    net: Answerer, source: Sequence[int], count: int, temperature: float, generator: torch.Generator
) -> list[Drawn]:
    """Return different answers, the likeliest first, of `count` drawn word by word from p^(1 / T).

    Raises ValueError for a temperature that is not above 0.
    """
    if not temperature > 0:
        raise ValueError(f"temperature must be > 0, got {temperature}")
    one = net.encode(torch.tensor(list(source))[None])
    encoded = type(one)(*(part.expand(count, *part.shape[1:]) for part in one))
    state, last = net.start(encoded), torch.full((count,), START)
    said, total = [], torch.zeros(count)
    over = torch.zeros(count, dtype=torch.bool)
    while not over.all() and len(said) <= WRITTEN:
        step = net.step(last, state, encoded)
        state, log_p = step.state, silent(step.logits)
        last = torch.multinomial((log_p / temperature).softmax(1), 1, generator=generator)[:, 0]
        last = last.masked_fill(over, END)
        total += log_p.gather(1, last[:, None])[:, 0].masked_fill(over, 0)
        said.append(last)
        over = over | (last == END)
    found = {}
    for i, row in enumerate(torch.stack(said, 1).tolist()):
        ended = END in row
        tokens = tuple(row[: row.index(END)] if ended else row[:WRITTEN])
        found[tokens] = Drawn(tokens, float(total[i]), ended)
    return sorted(found.values(), key=lambda drawn: -drawn.log_prob)
