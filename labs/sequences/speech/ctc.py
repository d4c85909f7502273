"""Connectionist temporal classification (CTC): the probability of a text, summed over all paths.

Graves, Fernandez, Gomez & Schmidhuber (2006), https://www.cs.toronto.edu/~graves/icml_2006.pdf.
A path names one symbol for each frame; its probability is the product of theirs.  A text is said by
every path that collapses to it.  The paths go through a lattice, whose rows are the text with a
blank before, between and after its symbols, and whose columns are the frames.  From a row a path
stays, goes to the next row, or leaves out a blank between two different symbols.

    alpha_t(s) = y_t(l_s) (alpha_(t-1)(s) + alpha_(t-1)(s - 1) [+ alpha_(t-1)(s - 2)])
    beta_t(s)  = sum of beta_(t+1)(r) y_(t+1)(l_r) over the rows r that s can go to
    p(l | x)   = sum over s of alpha_t(s) beta_t(s), the same for every frame t

beta leaves out the frame t itself, as in Graves' book; the paper counts it in both.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import torch
from torch import Tensor

from labs.models.speech.greedy import BLANK, best_path, collapse

__all__ = [
    "BLANK", "Lattice", "all_paths", "best_path", "collapse", "ctc_loss", "lattice",
    "logit_gradient",
]  # fmt: skip
NEVER = -1e30  # within the sums for ln 0, as -inf has no gradient


@dataclass(frozen=True)
class Lattice:
    """All paths of a text through T frames; S = 2 len(text) + 1 rows.

    rows: the symbol of each row.  alpha, beta: (T, S), logarithms of the sums; -inf where no path
    goes.  skips: (S,) bool, the rows that may be reached over a blank.
    """

    rows: list[int]
    alpha: Tensor
    beta: Tensor
    skips: Tensor

    @property
    def log_prob(self) -> Tensor:
        """ln p(text | x), a scalar: the paths end in the last symbol or in the blank after it."""
        return self.alpha[-1, -2:].logsumexp(0)

    @property
    def occupancy(self) -> Tensor:
        """The share of the text's probability whose paths go through each node, (T, S)."""
        joint = self.alpha + self.beta
        total = joint.logsumexp(1, keepdim=True)
        return torch.where(total > -torch.inf, (joint - total).exp(), 0.0)

    def flow(self, log_probs: Tensor) -> Tensor:
        """Return the share of the probability on each line of the lattice, (3, S, T - 1): from row
        s at frame t to s, s + 1 and s + 2 at the next; NaN where there is no line.
        """
        s, t = len(self.rows), len(self.alpha)
        entered = self.beta[1:] + log_probs[1:, self.rows]  # (T - 1, S)
        shares = log_probs.new_full((3, s, t - 1), torch.nan)
        for jump in range(min(3, s)):
            joint = self.alpha[:-1, : s - jump] + entered[:, jump:] - self.log_prob
            allowed = self.skips[2:] if jump == 2 else torch.ones(s - jump, dtype=torch.bool)
            share = torch.where(joint > -torch.inf, joint.exp(), 0.0)
            shares[jump, : s - jump] = torch.where(allowed, share, torch.nan).T
        return shares


def with_blanks(target: Sequence[int], blank: int = BLANK) -> list[int]:
    """Return a text with a blank before, between and after its symbols."""
    rows = [blank]
    for symbol in target:
        rows += [symbol, blank]
    return rows


def lattice(log_probs: Tensor, target: Sequence[int], blank: int = BLANK) -> Lattice:
    """Return the forward and backward sums of a text; log_probs: (T, K), in nats.

    Raises ValueError for a symbol that there is not, or for a blank in the text.
    """
    _check(log_probs, target, blank)
    rows = with_blanks(target, blank)
    y = log_probs[:, rows].clamp(min=NEVER)  # (T, S)
    symbols = torch.tensor(rows)
    skips = torch.zeros(len(rows), dtype=torch.bool)
    skips[2:] = (symbols[2:] != blank) & (symbols[2:] != symbols[:-2])
    closed = torch.where(skips, 0.0, NEVER).to(y)  # added to what would come over a blank
    closed_next = torch.cat([closed[2:], closed[:2]])[: len(rows)]
    nothing = y.new_full((len(rows),), NEVER)
    around = y.new_full((2,), NEVER)

    alpha = [torch.cat([y[0, :2], nothing])[: len(rows)]]
    for now in y[1:]:
        before = torch.cat([around, alpha[-1]])  # row s stands at s + 2
        alpha.append(now + _sum(before[2:], before[1:-1], before[:-2] + closed))

    beta = [torch.cat([nothing, nothing.new_zeros(2)])[-len(rows) :]]
    for following in y[1:].flip(0):
        after = torch.cat([beta[-1] + following, around])
        beta.append(_sum(after[:-2], after[1:-1], after[2:] + closed_next))
    return Lattice(rows, _open(torch.stack(alpha)), _open(torch.stack(beta[::-1])), skips)


def _sum(stay: Tensor, step: Tensor, skip: Tensor) -> Tensor:
    """ln of the sum of what these are the logarithms of."""
    return torch.logaddexp(torch.logaddexp(stay, step), skip)


def _open(sums: Tensor) -> Tensor:
    """Put -inf where no path goes."""
    return torch.where(sums > NEVER / 2, sums, -torch.inf)


def logit_gradient(log_probs: Tensor, found: Lattice) -> Tensor:
    """Return d ln p(text) / d logits, (T, K): the share of each symbol less its probability.

    Graves et al. (2006), equation 16.
    """
    rows = torch.tensor(found.rows)
    return torch.zeros_like(log_probs).index_add(1, rows, found.occupancy) - log_probs.exp()


def ctc_loss(log_probs: Tensor, target: Sequence[int], *, blank: int = BLANK) -> float:
    """Return -ln p(target | x) in nats; inf where the frames are too few.

    log_probs: (T, K), in nats, as a log-softmax gives them.
    """
    return -lattice(log_probs.double(), target, blank).log_prob.item()


def likeliest(log_probs: Tensor, target: Sequence[int], blank: int = BLANK) -> list[int]:
    """Return the row of the lattice at each frame on the likeliest path of a text (Viterbi).

    [] where the frames are too few for the text.
    """
    _check(log_probs, target, blank)
    rows = with_blanks(target, blank)
    y = log_probs[:, rows].tolist()
    none = float("-inf")
    score, back = [v if s < 2 else none for s, v in enumerate(y[0])], []
    for now in y[1:]:
        step = []
        for s in range(len(rows)):
            skip = s > 1 and rows[s] not in (blank, rows[s - 2])
            step.append(max(range(max(0, s - 1 - skip), s + 1), key=lambda r: (score[r], r)))
        score = [score[r] + v for r, v in zip(step, now, strict=True)]
        back.append(step)
    at = max(range(max(0, len(rows) - 2), len(rows)), key=lambda s: score[s])
    if score[at] == none:
        return []
    way = [at]
    for step in reversed(back):
        way.append(step[way[-1]])
    return way[::-1]


def all_paths(probs: Tensor) -> list[tuple[tuple[int, ...], float]]:
    """Return every path through few frames with its probability; probs: (T, K), K ** T paths."""
    rows = probs.tolist()
    paths = []
    for path in product(range(probs.shape[1]), repeat=len(rows)):
        p = 1.0
        for row, symbol in zip(rows, path, strict=True):
            p *= row[symbol]
        paths.append((path, p))
    return paths


def _check(log_probs: Tensor, target: Sequence[int], blank: int) -> None:
    if log_probs.dim() != 2 or not len(log_probs):
        raise ValueError(f"log_probs are (T, K) with T >= 1, not {tuple(log_probs.shape)}.")
    count = log_probs.shape[1]
    if not 0 <= blank < count:
        raise ValueError(f"The blank is one of {count} symbols, 0 to {count - 1}, not {blank}.")
    for symbol in target:
        if not 0 <= symbol < count or symbol == blank:
            raise ValueError(
                f"A text holds symbols from 0 to {count - 1} without the blank {blank}, "
                f"not {symbol}."
            )
