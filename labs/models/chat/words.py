"""Whole words as the pieces of a conversation: a table made from the data, the commonest first."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from labs.data.words import cut, joined
from labs.models.translation.pieces import SPECIAL, UNKNOWN

YOU, DESK = 4, 5  # before what each of the two says
MARKS = ("<you>", "<net>")
HERE = Path(__file__).parent


@dataclass(frozen=True)
class Words:
    """A table of words; what it does not hold is unknown."""

    words: tuple[str, ...]

    @cached_property
    def symbols(self) -> tuple[str, ...]:
        """Every piece in the order of its number."""
        return (*SPECIAL, *MARKS, *self.words)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of every piece."""
        return {symbol: i for i, symbol in enumerate(self.symbols)}

    def __len__(self) -> int:
        return len(self.words) + len(SPECIAL) + len(MARKS)

    def encode(self, text: str) -> list[int]:
        """Return a text as the numbers of its words, without start and end."""
        return [self.numbers.get(word, UNKNOWN) for word in cut(text)]

    def decode(self, numbers: Iterable[int]) -> str:
        """Return the text of these words."""
        return joined(self.symbols[i] for i in numbers if i > DESK)

    def read(self, messages: Sequence[str]) -> list[int]:
        """Return a conversation, the visitor's message first and last, as one sequence."""
        marks = (YOU, DESK)
        return [n for i, text in enumerate(messages) for n in (marks[i % 2], *self.encode(text))]

    def save(self, file: Path) -> None:
        """Write the table, a word on each line."""
        file.write_text("\n".join(self.words) + "\n", "utf-8")


def learn(texts: Iterable[str], least: int = 1) -> Words:
    """Return the table of all words that stand at least so often in the texts."""
    counts = Counter(word for text in texts for word in cut(text))
    kept = (word for word, n in counts.items() if n >= least and word != "\ufffd")
    return Words(tuple(sorted(kept, key=lambda word: (-counts[word], word))))


@cache
def table(name: str) -> Words:
    """Return the table of a net of the zoo: "helpdesk" or "smalltalk"."""
    return Words(tuple((HERE / f"{name}.txt").read_text("utf-8").split()))
