"""Byte-pair encoding: words as pieces, the commonest pairs merged first.

Sennrich, Haddow & Birch, "Neural machine translation of rare words with subword units",
https://arxiv.org/abs/1508.07909.  English and French share one table.  A piece that begins with
"▁" begins a word.  The first letter of every sentence is made small before, and large again after.
"""

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Protocol

PAD, START, END, UNKNOWN = range(4)
SPECIAL = ("<pad>", "<s>", "</s>", "<unk>")
SPACE = "▁"
RARE = 20  # a letter that is seen less often in the training texts is unknown
_STARTS = re.compile(r"^[^\W\d_]|(?<=[.?!] )[^\W\d_]")  # where sentences begin
_WORD = re.compile(r" ?(?:-?[^\W\d_]+'?|\d|[^\w\s]|_)")
TABLE = Path(__file__).with_name("eng_fra.txt")


class Table(Protocol):
    """A table of pieces: what a net's numbers stand for."""

    @property
    def symbols(self) -> tuple[str, ...]:
        """Every piece in the order of its number."""

    def encode(self, text: str) -> list[int]:
        """Return a text as the numbers of its pieces, without start and end."""

    def decode(self, numbers: Iterable[int]) -> str:
        """Return the text of these pieces."""


def small_start(text: str) -> str:
    """Return a sentence whose first letter is small; one all in capitals becomes small letters."""
    letters = [c for c in text if c.isalpha()]
    if len(letters) > 4 and all(c.isupper() for c in letters):
        text = text.lower()
    return _STARTS.sub(lambda start: start[0].lower()[:1], text)


def words(text: str) -> list[str]:
    """Return the words and signs of text; "▁" stands before those that a space precedes."""
    return [word.replace(" ", SPACE) for word in _WORD.findall(" " + text)]


@dataclass(frozen=True)
class Pieces:
    """A table of pieces: the letters it knows, and which pairs are merged, in order."""

    letters: str
    merges: tuple[tuple[str, str], ...]
    _known: dict[str, tuple[str, ...]] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def symbols(self) -> tuple[str, ...]:
        """Every piece in the order of its number."""
        return (*SPECIAL, *self.letters, *(a + b for a, b in self.merges))

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of every piece."""
        return {symbol: i for i, symbol in enumerate(self.symbols)}

    @cached_property
    def _ranks(self) -> dict[tuple[str, str], int]:
        return {pair: i for i, pair in enumerate(self.merges)}

    def __len__(self) -> int:
        return len(self.symbols)

    def split(self, word: str) -> tuple[str, ...]:
        """Return the pieces of one word: of all pairs in it the commonest is merged, again."""
        if word in self._known:
            return self._known[word]
        parts = list(word)
        while len(parts) > 1:
            pairs = list(itertools.pairwise(parts))
            best = min(pairs, key=lambda pair: self._ranks.get(pair, len(self.merges)))
            if best not in self._ranks:
                break
            parts = _merge(parts, best)
        if (
            len(self._known) < 100_000 and len(word) < 40
        ):  # what strangers type is not kept for ever
            self._known[word] = tuple(parts)
        return tuple(parts)

    def encode(self, text: str) -> list[int]:
        """Return a sentence as the numbers of its pieces, without start and end."""
        found = (piece for word in words(small_start(text)) for piece in self.split(word))
        return [self.numbers.get(p, self.numbers.get(p.lower(), UNKNOWN)) for p in found]

    def decode(self, numbers: Iterable[int]) -> str:
        """Return the sentence of these pieces, its first letter large."""
        text = "".join(self.symbols[i] if i != UNKNOWN else "\ufffd" for i in numbers if i > END)
        text = text.replace(SPACE, " ").strip()
        return _STARTS.sub(lambda start: start[0].upper(), text)

    def save(self, file: Path) -> None:
        """Write the table: the letters on the first line, then a pair on each line."""
        lines = [self.letters, *(f"{a} {b}" for a, b in self.merges)]
        file.write_text("\n".join(lines) + "\n", "utf-8")


def _merge(parts: list[str], pair: tuple[str, str]) -> list[str]:
    merged, i = [], 0
    while i < len(parts):
        both = i + 1 < len(parts) and (parts[i], parts[i + 1]) == pair
        merged.append(parts[i] + parts[i + 1] if both else parts[i])
        i += 2 if both else 1
    return merged


def learn(texts: Iterable[str], size: int) -> Pieces:
    """Return a table of `size` pieces, learnt from the words of these sentences."""
    counts = Counter(word for text in texts for word in words(small_start(text)))
    letters = Counter()
    for word, n in counts.items():
        for letter in word:
            letters[letter] += n
    known = "".join(sorted(letter for letter, n in letters.items() if n >= RARE))
    split = {word: list(word) for word in counts if all(c in known for c in word)}
    pairs, where = Counter(), defaultdict(set)
    for word, parts in split.items():
        for pair in itertools.pairwise(parts):
            pairs[pair] += counts[word]
            where[pair].add(word)
    merges = []
    while len(merges) < size - len(SPECIAL) - len(known) and pairs:
        best = max(pairs, key=lambda pair: (pairs[pair], pair))
        merges.append(best)
        for word in where.pop(best):  # only these change
            old, new = split[word], _merge(split[word], best)
            for pair in itertools.pairwise(old):
                pairs[pair] -= counts[word]
            for pair in itertools.pairwise(new):
                pairs[pair] += counts[word]
                where[pair].add(word)
            split[word] = new
        del pairs[best]
    return Pieces(known, tuple(merges))


@cache
def english_french(file: Path = TABLE) -> Pieces:
    """Return the table that the translators of the zoo share."""
    letters, *lines = file.read_text("utf-8").rstrip("\n").split("\n")
    return Pieces(letters, tuple(tuple(line.split(" ")) for line in lines))
