"""Text by n: each n throws the same dice, and a long n copies."""

import torch

from labs.data.text import python_manual
from labs.models.ngram import LONGEST
from labs.sequences.language.dice import Dice
from labs.sequences.language.series import continued, series
from labs.sequences.language.tokens import COWS, counted


def test_it_writes_what_the_stage_writes():
    lab = Dice(COWS)
    for _ in range(20):
        lab.step()
    tokens, model = counted(COWS, "words")
    texts = series(tokens, model, "cows eat", 20, 1)
    assert len(texts) == LONGEST
    assert texts[2] == "".join(lab.pieces())


def test_the_longest_context_copies_more_than_the_shortest():
    tokens, model = counted(python_manual(), "characters")
    copied = []
    for n in (2, LONGEST):
        generator = torch.Generator().manual_seed(1)
        text = "".join(tokens.symbols[i] for i in continued(model, [], n, 200, generator))
        copied.append(sum(text[i : i + 12] in tokens.text for i in range(188)))
    assert copied[1] > 2 * copied[0]
