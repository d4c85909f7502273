"""Text by n: each n throws the same dice, and a long n copies."""

from labs.data.text import python_manual
from labs.models.ngram import LONGEST
from labs.sequences.language.dice import Dice
from labs.sequences.language.series import LENGTHS, series
from labs.sequences.language.throws import Throws
from labs.sequences.language.tokens import COWS, counted


def test_it_writes_what_the_stage_writes():
    lab = Dice(COWS)
    for _ in range(LENGTHS["words"]):
        lab.step()
    tokens, model = counted(COWS, "words")
    texts = series(tokens, model, "cows eat", 1)
    assert len(texts) == LONGEST
    assert texts[2] == "".join(lab.text.pieces())


def test_the_longest_context_copies_more_than_the_shortest():
    tokens, model = counted(python_manual(), "characters")
    copied = []
    for n in (2, LONGEST):
        made = Throws(tokens, model, n, "", 1)
        for _ in range(200):
            made.roll()
        text = "".join(made.pieces())
        copied.append(sum(text[i : i + 12] in tokens.text for i in range(188)))
    assert copied[1] > 2 * copied[0]
