"""From a probability for every frame to an answer: the best path, and the collapse rule.

Graves, Fernandez, Gomez & Schmidhuber, "Connectionist temporal classification",
https://www.cs.toronto.edu/~graves/icml_2006.pdf
"""

from collections.abc import Sequence
from itertools import groupby

from torch import Tensor

BLANK = 0


def best_path(log_probs: Tensor) -> list[int]:
    """Return the likeliest symbol of each frame, T numbers; log_probs: (T, K)."""
    return log_probs.argmax(1).tolist()


def collapse(path: Sequence[int], blank: int = BLANK) -> list[int]:
    """Return what a path says: equal neighbours become one, then blanks are left out.

    So a blank between two equal symbols keeps both: 1 1 - 1 says 1 1.
    """
    return [symbol for symbol, _ in groupby(path) if symbol != blank]
