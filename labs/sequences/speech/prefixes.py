"""Prefix beam search: the texts whose paths have most probability together.

Graves & Jaitly (2014), http://proceedings.mlr.press/v32/graves14.pdf, and Hannun, "Sequence
modeling with CTC", https://distill.pub/2017/ctc/.  A beginning keeps two sums: of its paths that
end in a blank, and of those that end in its last symbol: only after a blank may that come again.
"""

from collections import defaultdict

import numpy as np
from torch import Tensor

from labs.models.speech.greedy import BLANK

NEVER = float("-inf")
FAINTEST = -30.0  # nats: a symbol less likely in a frame begins nothing


def prefix_search(log_probs: Tensor, width: int = 8) -> list[tuple[tuple[int, ...], float]]:
    """Return texts with ln p(text | x), the likeliest first; log_probs: (T, K).

    width: how many beginnings are kept.  With fewer than there are, the sums are lower bounds.
    """
    kept: dict[tuple[int, ...], tuple[float, float]] = {(): (0.0, NEVER)}
    for row in log_probs.tolist():
        grown: dict[tuple[int, ...], list[float]] = defaultdict(lambda: [NEVER, NEVER])
        for text, (after_blank, after_symbol) in kept.items():
            either = np.logaddexp(after_blank, after_symbol)
            own = grown[text]
            own[0] = np.logaddexp(own[0], either + row[BLANK])
            if text:
                own[1] = np.logaddexp(own[1], after_symbol + row[text[-1]])
            for symbol, y in enumerate(row):
                if symbol == BLANK or y < FAINTEST:
                    continue
                before = after_blank if text and symbol == text[-1] else either
                if before == NEVER:
                    continue
                more = grown[(*text, symbol)]
                more[1] = np.logaddexp(more[1], before + y)
        ranked = sorted(grown.items(), key=lambda pair: -np.logaddexp(*pair[1]))
        kept = {text: (a, b) for text, (a, b) in ranked[:width]}
    return [(text, float(np.logaddexp(*sums))) for text, sums in kept.items()]
