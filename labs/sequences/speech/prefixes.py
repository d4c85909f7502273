"""Prefix beam search: the texts whose paths have most probability together.

Graves & Jaitly (2014), http://proceedings.mlr.press/v32/graves14.pdf, and Hannun, "Sequence
modeling with CTC", https://distill.pub/2017/ctc/.  A beginning keeps two sums: of its paths that
end in a blank, and of those that end in its last symbol: only after a blank may that come again.
"""

import math
from heapq import nlargest

from torch import Tensor

from labs.models.speech.greedy import BLANK

NEVER = float("-inf")
Sums = tuple[float, float]  # ln p of the paths that end in a blank, and in the last symbol


def prefix_search(log_probs: Tensor, width: int = 8) -> list[tuple[tuple[int, ...], float]]:
    """Return texts with ln p(text | x), the likeliest first; log_probs: (T, K).

    width: how many beginnings are kept.  With fewer than there are, the sums are lower bounds.
    """
    kept: dict[tuple[int, ...], Sums] = {(): (0.0, NEVER)}
    for row in log_probs.tolist():
        grown = {
            text: (_sum(*sums) + row[BLANK], sums[1] + row[text[-1]] if text else NEVER)
            for text, sums in kept.items()
        }
        least = min(_sum(*sums) for sums in grown.values()) if len(kept) == width else NEVER
        for text, (after_blank, after_symbol) in kept.items():
            either = _sum(after_blank, after_symbol)
            for symbol, y in enumerate(row):
                before = after_blank if text and symbol == text[-1] else either
                longer = (*text, symbol)
                if symbol == BLANK or (before + y <= least and longer not in kept):
                    continue  # what is new comes from here alone, and would not be kept
                own = grown.get(longer, (NEVER, NEVER))
                grown[longer] = (own[0], _sum(own[1], before + y))
        kept = dict(nlargest(width, grown.items(), key=lambda pair: _sum(*pair[1])))
    return [(text, _sum(*sums)) for text, sums in kept.items()]


def _sum(a: float, b: float) -> float:
    """ln (e^a + e^b)."""
    low, high = (a, b) if a < b else (b, a)
    return high if low == NEVER else high + math.log1p(math.exp(low - high))
