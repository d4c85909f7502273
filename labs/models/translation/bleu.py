"""BLEU: how many n-grams of the translations stand in the references too.

Papineni, Roukos, Ward & Zhu, "BLEU: a method for automatic evaluation of machine translation",
https://doi.org/10.3115/1073083.1073135.  Words are cut as mteval-v13a cuts them and smoothing is
exponential, the defaults of sacrebleu (Post, https://arxiv.org/abs/1804.08771).
"""

import math
import re
from collections import Counter
from collections.abc import Sequence

LARGEST = 4  # words of an n-gram
BINS = ((1, 4), (5, 6), (7, 8), (9, 10), (11, 13), (14, 99))  # words of the English sentence
_CUTS = (  # of 13a
    (re.compile(r"([{-~\[-` -&(-+:-@/])"), r" \1 "),
    (re.compile(r"([^0-9])([.,])"), r"\1 \2 "),
    (re.compile(r"([.,])([^0-9])"), r" \1 \2"),
    (re.compile(r"([0-9])(-)"), r"\1 \2 "),
)


def words(text: str) -> list[str]:
    """Return the words and signs of a sentence."""
    text = f" {text.strip()} "
    for cut, by in _CUTS:
        text = cut.sub(by, text)
    return text.split()


def ngrams(tokens: Sequence[str], n: int) -> Counter[tuple[str, ...]]:
    """Count the n-grams of a sentence."""
    return Counter(tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1))


def bleu(translations: Sequence[str], references: Sequence[str]) -> float:
    """Return the BLEU of a corpus, 0 to 100; one reference for each translation.

    Raises ValueError where they are not as many.
    """
    if len(translations) != len(references):
        raise ValueError(f"{len(translations)} translations for {len(references)} references")
    right, total, c, r = [0] * LARGEST, [0] * LARGEST, 0, 0
    for said, wanted in zip(translations, references, strict=True):
        ours, theirs = words(said), words(wanted)
        c, r = c + len(ours), r + len(theirs)
        for n in range(1, LARGEST + 1):
            found = ngrams(ours, n)
            right[n - 1] += (found & ngrams(theirs, n)).total()  # each as often as there
            total[n - 1] += found.total()
    if not c or not right[0]:
        return 0.0
    logs, halved = [], 1.0
    for k, n in zip(right, total, strict=True):
        if not n:  # no n-gram as long as this
            return 0.0
        if not k:
            halved /= 2
        logs.append(math.log((k or halved) / n))
    brevity = min(1.0, math.exp(1 - r / c))
    return 100 * brevity * math.exp(sum(logs) / LARGEST)
