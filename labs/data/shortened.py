"""Sentences that become another sentence of the same list when words are left out.

Nobody wrote these pairs as summaries: "He is a great scientist." and "He is a scientist." are two
sentences of the Tatoeba project (see `translations.py`), and one is contained in the other.
Filippova et al., "Sentence compression by deletion with LSTMs",
https://aclanthology.org/D15-1042, learn from headlines, which have a licence of their own.
"""

import hashlib
import itertools
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from labs.data.words import cut

SCATTERED = 3  # words that may be left out anywhere
LEAST = 0.4  # share of the words that stay
LONGEST = 24  # words of a sentence
CHOICE, TEST = 0.05, 0.1  # shares of the sentences that are held out
Words = tuple[str, ...]


@dataclass(frozen=True)
class Shortened:
    """A sentence and the places of the words that stay, for each shorter one that it contains."""

    words: Words
    kept: tuple[frozenset[int], ...]  # the one that leaves out least first

    @property
    def share(self) -> list[float]:
        """For each word the share of the shorter sentences that keep it."""
        return [sum(i in k for k in self.kept) / len(self.kept) for i in range(len(self.words))]


def drops(count: int) -> Iterable[tuple[int, ...]]:
    """Yield the sets of words that may be left out of `count`; the sign at the end stays."""
    inner, most = count - 1, int((1 - LEAST) * (count - 1))
    for k in range(1, min(SCATTERED, most) + 1):
        yield from itertools.combinations(range(inner), k)
    for k in range(SCATTERED + 1, most + 1):  # more only at a stretch
        yield from (tuple(range(a, a + k)) for a in range(inner - k + 1))


def pairs(sentences: Iterable[str]) -> list[Shortened]:
    """Return all sentences that contain another one of the list, in the order of their words."""
    known = {words for s in sentences if 3 < len(words := tuple(cut(s))) <= LONGEST}
    known |= {words for s in sentences if len(words := tuple(cut(s))) == 3}
    found = []
    for words in sorted(known):
        if words[-1] not in ".!?":
            continue
        kept = []
        for drop in drops(len(words)):
            left = frozenset(range(len(words))) - set(drop)
            if tuple(words[i] for i in sorted(left)) in known:
                kept.append(left)
        if kept:
            found.append(Shortened(words, tuple(_distinct(words, kept))))
    return found


def _distinct(words: Words, kept: list[frozenset[int]]) -> Iterable[frozenset[int]]:
    """Return one way to each shorter sentence: a word said twice can be left out twice."""
    ways = defaultdict(list)
    for left in kept:
        ways[tuple(words[i] for i in sorted(left))].append(left)
    return sorted((min(w, key=sorted) for w in ways.values()), key=lambda k: (-len(k), sorted(k)))


def split(
    found: Iterable[Shortened],
) -> tuple[list[Shortened], list[Shortened], list[Shortened]]:
    """Return a training part, one to choose by, and a test part, by a hash of the sentence."""
    parts: tuple[list[Shortened], ...] = [], [], []
    for pair in found:
        digest = hashlib.sha256(" ".join(pair.words).encode()).digest()
        place = int.from_bytes(digest[:4], "big") / 2**32
        parts[2 if place < TEST else 1 if place < TEST + CHOICE else 0].append(pair)
    return parts
