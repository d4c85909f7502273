"""A conversation as it stands: what the visitor said, and what a hand chose of the answers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from labs.data.translations import clean
from labs.data.words import cut
from labs.models.chat.net import Answerer
from labs.sequences.translation.chat.answer import Answer, answer

LONGEST = 160  # characters of one message
MOST = 16  # messages of a visitor


@dataclass(frozen=True)
class Turn:
    """A message, and the words with which a hand has the answer begin; END closes them."""

    message: str
    forced: tuple[int, ...] = ()


def checked(value: object) -> str:
    """Return a message on one line.  Raises ValueError in one sentence."""
    if not isinstance(value, str):
        raise ValueError("A message is text.")
    line = clean(value)
    if len(line) > LONGEST:
        raise ValueError(f"The message has {len(line):,} characters; the limit is {LONGEST}.")
    if not cut(line):
        raise ValueError("The message is empty; type at least one word.")
    return line


class Talk:
    """The turns with their answers; an answer is made once, and again if what it read changes."""

    def __init__(self, net: Answerer, turns: Sequence[Turn] = ()) -> None:
        self.net = net
        self.turns: tuple[Turn, ...] = ()
        self.answers: tuple[Answer, ...] = ()
        for turn in turns:
            self.add(turn)

    def add(self, turn: Turn) -> None:
        """Say something; the net answers.  Raises ValueError when the talk is too long."""
        if len(self.turns) == MOST:
            raise ValueError(f"The talk has {MOST} messages, the limit; undo one or begin anew.")
        said = answer(self.net, [*self.messages, turn.message], turn.forced)
        self.turns, self.answers = (*self.turns, turn), (*self.answers, said)

    @property
    def messages(self) -> list[str]:
        """All that was said, the visitor's and the net's in turn."""
        return [
            text
            for turn, said in zip(self.turns, self.answers, strict=True)
            for text in (turn.message, self.net.table.decode(said.tokens))
        ]

    def having(self, at: int, forced: tuple[int, ...]) -> "Talk":
        """Return the talk in which an answer begins with these words, and what follows from it."""
        changed = replace(self.turns[at], forced=forced)
        return Talk(self.net, (*self.turns[:at], changed, *self.turns[at + 1 :]))


def to_text(turns: Sequence[Turn]) -> str:
    """Return what a hand chose of the answers: "2:14.9.3" for the third, joined by "_"."""
    chosen = ((i, turn.forced) for i, turn in enumerate(turns) if turn.forced)
    return "_".join(f"{i}:{'.'.join(map(str, forced))}" for i, forced in chosen)


def from_text(text: str, turns: Sequence[Turn], known: int, longest: int) -> list[Turn]:
    """Return the turns with what `to_text` wrote; known: pieces of the table.

    Raises ValueError for junk.
    """
    found = list(turns)
    for part in text.split("_"):
        at, _, words = part.partition(":")
        numbers = words.split(".")
        plain = all(n.isascii() and n.isdecimal() and len(n) < 6 for n in (at, *numbers))
        if not plain or int(at) >= len(found) or len(numbers) > longest:
            raise ValueError(f"The link says {text[:20]!r}, which are no words of an answer.")
        forced = tuple(map(int, numbers))
        if any(not 1 < n < known or n in (3, 4, 5) for n in forced) or 2 in forced[:-1]:
            raise ValueError(f"The link says {text[:20]!r}, which are no words of an answer.")
        found[int(at)] = replace(found[int(at)], forced=forced)
    return found
