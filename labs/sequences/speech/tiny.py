"""A blank and two symbols over three frames: few enough paths to list them all."""

from collections import defaultdict
from collections.abc import Sequence

from torch import Tensor

from labs.sequences.speech import ctc

SYMBOLS = "–ab"  # the blank and two symbols
FRAMES = 3
LEAST, MOST = 1e-3, 0.998  # of a probability


def symbols(text: str) -> list[int]:
    """Return a text as numbers of SYMBOLS."""
    return [] if text == "nothing" else [SYMBOLS.index(c) for c in text]


def spelled(path: Sequence[int]) -> str:
    """Return a path as it is written, a blank as a dash."""
    return "".join(SYMBOLS[s] for s in path)


def said(path: Sequence[int]) -> str:
    """Return what a path says."""
    return spelled(ctc.collapse(path)) or "nothing"


def by_text(probs: Tensor) -> dict[str, float]:
    """Return the probability of every text, counted path by path; probs: (T, K)."""
    sums: dict[str, float] = defaultdict(float)
    for path, p in ctc.all_paths(probs):
        sums[said(path)] += p
    return dict(sums)


def shared_out(row: Sequence[float], at: int, value: float) -> list[float]:
    """Return probabilities that sum to 1, of which number `at` is `value`; the others keep their
    ratio, and none falls below LEAST.
    """
    value = min(max(value, LEAST), MOST)
    rest = sum(v for i, v in enumerate(row) if i != at)
    raw = [value if i == at else max(v * (1 - value) / rest, LEAST) for i, v in enumerate(row)]
    return [v / sum(raw) for v in raw]
