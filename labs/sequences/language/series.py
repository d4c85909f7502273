"""Text by n: the same dice thrown for every n, from single tokens to long contexts.

Shannon (1948), A mathematical theory of communication, section 3: the series of approximations to
English.
"""

import torch

from labs.models.ngram import LONGEST, NGrams
from labs.sequences.language.dice import roll
from labs.sequences.language.tokens import Tokens, cut, pieces


def continued(
    model: NGrams, history: list[int], n: int, count: int, generator: torch.Generator
) -> list[int]:
    """Return history and `count` more tokens, each thrown by n-grams with back-off."""
    written = list(history)
    for _ in range(count):
        found = model.back_off(written, n)
        u = torch.rand((), generator=generator, dtype=torch.float64).item()
        written.append(int(found.tokens[roll(found, u)]))
    return written


def series(tokens: Tokens, model: NGrams, beginning: str, count: int, seed: int) -> list[str]:
    """Return the texts that n = 1, 2, ... write after the same beginning with the same dice."""
    first = tokens.encode(cut(beginning, tokens.unit)).tolist()
    texts = []
    for n in range(1, LONGEST + 1):
        generator = torch.Generator().manual_seed(seed)
        numbers = continued(model, first, n, count, generator)
        texts.append("".join(pieces([tokens.symbols[i] for i in numbers], tokens.unit)))
    return texts
