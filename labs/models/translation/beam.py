"""Beam search: of all beginnings of a sentence, the few likeliest are continued.

Graves, "Sequence transduction with recurrent neural networks", https://arxiv.org/abs/1211.3711;
the length penalty is that of Wu et al., "Google's neural machine translation system",
https://arxiv.org/abs/1609.08144: a sentence of n tokens is scored by log p / ((5 + n) / 6)^alpha.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

Step = Callable[[list[tuple[int, ...]]], Tensor]  # N prefixes, all as long -> log p (N, V)


@dataclass(frozen=True)
class Hypothesis:
    """A sentence, or its beginning."""

    tokens: tuple[int, ...]  # after the start, without the end
    log_prob: float  # nats, the end included if it has ended
    score: float  # log_prob over the length penalty
    ended: bool


@dataclass(frozen=True)
class Round:
    """One step of the search."""

    looked: tuple[Hypothesis, ...]  # the likeliest continuations, best first, kept or not
    alive: tuple[Hypothesis, ...]  # what is continued, at most `width`
    ended: tuple[Hypothesis, ...]  # all that have ended so far, best first


def penalty(length: int, alpha: float) -> float:
    """Return by what the log-probability of `length` tokens (the end counts) is divided."""
    return ((5 + length) / 6) ** alpha


def beam_rounds(
    step: Step,
    start: int | Sequence[int],
    *,
    width: int,
    end: int,
    max_length: int,
    length_penalty: float = 0.0,
) -> Iterator[Round]:
    """Yield the search step by step.

    step: log-probabilities (N, V) of what follows N prefixes, each beginning with `start`.
    It ends when no beginning that is alive can come before the `width` best that have ended.
    Raises ValueError for a width or a length below 1 or a negative penalty.
    """
    if width < 1 or max_length < 1:
        raise ValueError(f"width and max_length must be >= 1, got {width} and {max_length}")
    if length_penalty < 0:
        raise ValueError(f"length_penalty must be >= 0, got {length_penalty}")
    first = (start,) if isinstance(start, int) else tuple(start)
    alive, ended = [Hypothesis((), 0.0, 0.0, False)], []
    for length in range(1, max_length + 1):
        log_p = step([(*first, *h.tokens) for h in alive])  # (alive, V)
        so_far = torch.tensor([h.log_prob for h in alive], dtype=log_p.dtype)
        scores = (so_far[:, None] + log_p).flatten()
        best, index = scores.topk(min(2 * width, len(scores)))  # half of them may be ends
        by = penalty(length, length_penalty)
        looked = []
        for total, i in zip(best.tolist(), index.tolist(), strict=True):
            if total == -float("inf"):
                break
            parent, token = alive[i // log_p.shape[1]], i % log_p.shape[1]
            tokens = parent.tokens if token == end else (*parent.tokens, token)
            looked.append(Hypothesis(tokens, total, total / by, token == end))
        now = [h for h in looked[:width] if h.ended]  # an end must be among the likeliest, too
        ended = sorted([*ended, *now], key=lambda h: -h.score)
        alive = [h for h in looked if not h.ended][:width]
        yield Round(tuple(looked), tuple(alive), tuple(ended))
        hope = max(
            (h.log_prob / penalty(max_length, length_penalty) for h in alive), default=-torch.inf
        )
        if not alive or (len(ended) >= width and ended[width - 1].score >= hope):
            return


def beam_search(
    step: Step,
    start: int | Sequence[int],
    *,
    width: int,
    end: int,
    max_length: int,
    length_penalty: float = 0.0,
) -> list[Hypothesis]:
    """Return at most `width` hypotheses, the best first; see `beam_rounds`.

    What has not ended after max_length tokens stands among them, `ended` False.  Width 1 is the
    greedy choice; with a width no smaller than the number of prefixes nothing is missed.
    """
    how = {"width": width, "end": end, "max_length": max_length, "length_penalty": length_penalty}
    *_, last = beam_rounds(step, start, **how)
    unfinished = [h for h in last.alive if len(h.tokens) == max_length]
    return sorted([*last.ended, *unfinished], key=lambda h: -h.score)[:width]
