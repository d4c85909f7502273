"""One sentence under the hand: what the net says, what it looked at, and what a hand changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import torch
from torch import Tensor

from labs.data.translations import clean
from labs.models.translation.decode import longest, silent
from labs.models.translation.net import Translator
from labs.models.translation.pieces import END, SPACE, START, UNKNOWN, english_french
from labs.models.translation.records import Encoded

READ = 40  # pieces of a sentence that are read on the page
WRITTEN = 60  # pieces of a translation at most


@dataclass(frozen=True)
class Acts:
    """What a hand did to the net's work."""

    forced: tuple[int, ...] = ()  # the first pieces of the translation, chosen by the visitor
    aims: Mapping[int, float] = field(default_factory=dict)  # by piece: the source piece looked at
    off_from: int | None = None  # from this piece on all source pieces get the same weight
    zeroed: frozenset[int] = frozenset()  # units of the encoder, 0 to 2H - 1
    teacher: str = ""  # a translation that is read instead of writing one


@dataclass(frozen=True)
class Trace:
    """All numbers of one translation; T pieces were written, the end not counted."""

    source: tuple[int, ...]
    left_out: int  # pieces that were not read
    unknown: tuple[str, ...]  # characters outside the table
    encoded: Encoded  # of one sentence
    tokens: tuple[int, ...]  # (T,)
    ended: bool
    log_p: Tensor  # (T + 1, V): of the piece at each place, the end's place last
    attention: Tensor  # (T + 1, S)
    states: Tensor  # (T + 2, D): s_0 and the state after each step
    acts: Acts

    @property
    def costs(self) -> Tensor:
        """What each piece and the end cost, (T + 1,) nats."""
        numbers = torch.tensor([*self.tokens, END])
        return -self.log_p[torch.arange(len(numbers)), numbers]

    @property
    def text(self) -> str:
        """The translation as a sentence."""
        return english_french().decode(self.tokens)

    @property
    def log_prob(self) -> float:
        """Of the translation and its end, nats; without the end where it has none."""
        costs = self.costs if self.ended else self.costs[:-1]
        return -float(costs.sum())

    @property
    def unsure(self) -> int:
        """The place at which the distribution is widest."""
        p = self.log_p.exp()
        entropy = -(p * self.log_p.nan_to_num(neginf=0)).sum(1)
        return int(entropy.argmax())


def shown(piece: int) -> str:
    """Return a piece as it is shown: one that goes on with a word begins with a dot."""
    symbol = english_french().symbols[piece]
    if piece == END:
        return "(end)"
    if piece == UNKNOWN:
        return "(unknown)"
    if symbol == SPACE:
        return "␣"
    return symbol[1:] if symbol[0] == SPACE else symbol if not symbol[0].isalnum() else f"·{symbol}"


@torch.no_grad()
def encode(net: Translator, source: tuple[int, ...], zeroed: frozenset[int]) -> Encoded:
    """Return what the encoder makes of one sentence, with some units at 0."""
    encoded = net.encode(torch.tensor(source)[None])
    if not zeroed:
        return encoded
    units = torch.tensor(sorted(zeroed))
    states = encoded.states.index_fill(2, units, 0.0)
    keys = net.key(states) if net.attends else encoded.keys
    return encoded._replace(
        states=states, keys=keys, summary=encoded.summary.index_fill(1, units, 0.0)
    )


def aimed(at: float, count: int) -> Tensor:
    """Return weights (1, count) on the two places beside `at`, which lies between 0 and count - 1.

    The nearer one gets more.
    """
    places = torch.arange(count, dtype=torch.float)
    return (1 - (places - at).abs()).clamp_min(0)[None]


@torch.no_grad()
def translate(net: Translator, text: str, acts: Acts) -> Trace | None:
    """Return the trace of a text; None where nothing is left to read."""
    table = english_french()
    line = clean(text)
    pieces = table.encode(line)
    if not pieces:
        return None
    source = tuple(pieces[:READ])
    encoded = encode(net, source, acts.zeroed)
    forced = acts.forced
    if acts.teacher:
        forced = tuple(p for p in table.encode(clean(acts.teacher)) if p != UNKNOWN)[:WRITTEN]
    state, last = net.start(encoded), START
    tokens, log_ps, looks, states = [], [], [], [state]
    limit = min(WRITTEN, longest(len(source)))
    ended = False
    while True:
        i = len(tokens)
        weights = None
        if net.attends and i in acts.aims:
            weights = aimed(min(acts.aims[i], len(source) - 1.0), len(source))
        elif net.attends and acts.off_from is not None and i >= acts.off_from:
            weights = torch.full((1, len(source)), 1 / len(source))
        step = net.step(torch.tensor([last]), state, encoded, weights)
        state = step.state
        log_p = silent(step.logits)[0]
        log_ps.append(log_p)
        looks.append(step.attention[0])
        states.append(state)
        if i < len(forced):
            last = forced[i]
        elif acts.teacher:
            last = END
        else:
            last = int(log_p.argmax())
        if last == END or i == limit:
            ended = last == END
            break
        tokens.append(last)
    unknown = tuple(dict.fromkeys(c for c in line if UNKNOWN in table.encode(f"a{c}")))
    return Trace(
        source, len(pieces) - len(source), unknown, encoded, tuple(tokens), ended,
        torch.stack(log_ps), torch.stack(looks), torch.cat(states), acts,
    )  # fmt: skip


def instead(trace: Trace, place: int, piece: int) -> Acts:
    """Return the acts with another piece at a place; the net goes on from there."""
    forced = (*trace.tokens[:place], piece)
    return replace(trace.acts, forced=forced, teacher="")
