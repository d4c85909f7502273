"""English sentences with their French translations, split by English sentence.

142,787 pairs of the Tatoeba project, exported by www.manythings.org/anki (2017-09-29), CC BY 2.0
(https://tatoeba.org).  A sentence often has several translations: all of them lie in one part, so
that no held-out sentence was seen with another translation.
"""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from labs.data.text import plain

TEST_PAIRS = 2_000
CHOICE_PAIRS = 1_000  # held out too: what a recipe may look at while it trains
_SHA256 = "2546838ae46e0eac4c02ab7032ea0a02a006074a5340077a36a9444f41e02888"
Pair = tuple[str, str]  # English, French


@dataclass(frozen=True)
class Pairs:
    """The parts of the list; no English sentence is in two of them."""

    train: tuple[Pair, ...]
    choice: tuple[Pair, ...]
    test: tuple[Pair, ...]


def clean(text: str) -> str:
    """Return text on one line: letters with their accents (NFC), plain apostrophes and spaces."""
    return " ".join(plain(text).split())


def spaced(french: str) -> str:
    """Return French with one space before ? ! : ; and inside guillemets, as it is printed."""
    return re.sub(r"\s*([?!:;»])", r" \1", re.sub(r"«\s*", "« ", french)).strip()


def parse(text: str) -> list[Pair]:
    """Return the pairs of lines `English<TAB>French`, cleaned, each once."""
    lines = (line.split("\t")[:2] for line in text.splitlines() if "\t" in line)
    return list(dict.fromkeys((clean(e), spaced(clean(f))) for e, f in lines))


def split(pairs: list[Pair]) -> Pairs:
    """Return the parts.  English sentences are ordered by a hash, so that the split is the same
    for every order of the list; case and punctuation at the end do not make another sentence.
    """

    def place(english: str) -> str:
        return hashlib.sha256(english.lower().rstrip(" .!?").encode()).hexdigest()

    ordered = sorted(pairs, key=lambda pair: (place(pair[0]), pair))
    first, second = TEST_PAIRS, TEST_PAIRS + CHOICE_PAIRS
    cuts = [_whole(ordered, first, place), _whole(ordered, second, place)]
    test, choice, train = ordered[: cuts[0]], ordered[cuts[0] : cuts[1]], ordered[cuts[1] :]
    return Pairs(tuple(train), tuple(choice), tuple(test[:first]))


def _whole(ordered: list[Pair], cut: int, place) -> int:
    """Return the first cut from `cut` on that leaves the translations of a sentence together."""
    while 0 < cut < len(ordered) and place(ordered[cut][0]) == place(ordered[cut - 1][0]):
        cut += 1
    return cut


def read(file: Path) -> Pairs:
    """Return the parts of `eng-fra.txt`.  Raises ValueError if it is another file."""
    data = file.read_bytes()
    if hashlib.sha256(data).hexdigest() != _SHA256:
        raise ValueError(f"{file.name} is not the export of 2017-09-29 that the recipes expect.")
    return split(parse(data.decode()))
