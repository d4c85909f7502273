"""Text by n: the same dice thrown for every n, from single tokens to long contexts.

Shannon (1948), A mathematical theory of communication, section 3: the series of approximations to
English.
"""

from labs.models.ngram import LONGEST, NGrams
from labs.sequences.language.throws import Throws
from labs.sequences.language.tokens import Tokens

LENGTHS = {"characters": 180, "words": 36}  # tokens of each text


def series(tokens: Tokens, model: NGrams, beginning: str, seed: int) -> list[str]:
    """Return the texts that n = 1, 2, ... write after the same beginning with the same dice."""
    texts = []
    for n in range(1, LONGEST + 1):
        text = Throws(tokens, model, n, beginning, seed)
        for _ in range(LENGTHS[tokens.unit]):
            text.roll()
        texts.append("".join(text.pieces()))
    return texts
