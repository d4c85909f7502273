"""The nets that answer: a conversation so far is the source, what is said next the target.

Vinyals & Le, "A neural conversational model", https://arxiv.org/abs/1506.05869, with the attention
of Bahdanau et al. in place of one vector: the same architecture as the translator's.
"""

from collections.abc import Sequence
from typing import ClassVar

from labs.models.chat.words import Words, table
from labs.models.translation.decode import greedy
from labs.models.translation.net import TranslateAttention

WRITTEN = 40  # words of an answer at most


class Answerer(TranslateAttention):
    """What both nets share."""

    world: ClassVar[str]
    sizes: ClassVar[tuple[int, int, int]]  # of an embedding, a state, and the alignment

    def __init__(self, dropout: float = 0.0) -> None:
        super().__init__(len(table(self.world)), *self.sizes, dropout)

    @property
    def table(self) -> Words:
        """The words that it reads and writes."""
        return table(self.world)

    def answer(self, messages: Sequence[str]) -> str:
        """Return what it says to a conversation, the visitor's message first and last."""
        return self.table.decode(greedy(self, [self.table.read(messages)], WRITTEN)[0][0].tokens)


class HelpDesk(Answerer):
    """It learnt from the dialogues that a grammar writes."""

    world = "helpdesk"
    sizes = (80, 128, 64)


class SmallTalk(Answerer):
    """It learnt from questions with 90 answers."""

    world = "smalltalk"
    sizes = (96, 128, 64)
