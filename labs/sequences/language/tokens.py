"""A text cut into tokens, characters or words, and what counting its n-grams gives."""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

import torch
from torch import Tensor

from labs.data.text import Corpus
from labs.models.ngram import LONGEST, NGrams, perplexity

COWS = Corpus(
    "cows eat",
    "our cows eat corn in winter .\nthe cows eat corn from the field .\nall cows eat grass .\n"
    "brown cows eat hay in the barn .\nin summer the cows eat grass .\n"
    "the cows eat if they are hungry .\nyoung cows eat corn too .\n"
    "you can see what the cows eat which is clover .\nold cows eat hay slowly .\n"
    "two cows eat corn by the gate .\nhappy cows eat grass all day .\n",
    "eleven sentences with the lecture's counts",
)
TOKEN = re.compile(r"\n|[^\W\d_]+(?:['’][^\W\d_]+)*|\d+|[^\w\s]|_+")
TIGHT = set(".,;:!?)]}'’”")


@dataclass(frozen=True)
class Tokens:
    """A corpus cut into characters or words, the training part as numbers."""

    corpus: Corpus
    unit: str  # "characters" or "words"

    @property
    def text(self) -> str:
        """The text that was counted."""
        return self.corpus.text if self.corpus.name == COWS.name else self.corpus.parts[0]

    @cached_property
    def _parts(self) -> tuple[list[str], list[str]]:
        whole_text = self.corpus.name == COWS.name  # too small to hold anything out
        parts = (self.corpus.text, "") if whole_text else self.corpus.parts
        return tuple(cut(part, self.unit) for part in parts)

    @cached_property
    def symbols(self) -> list[str]:
        """Every token that occurs in the training part, and the unknown one last."""
        return [*sorted(set(self._parts[0])), ""]

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {token: i for i, token in enumerate(self.symbols)}

    def encode(self, tokens: list[str]) -> Tensor:
        """Return tokens as numbers (length,)."""
        unknown = len(self.symbols) - 1
        return torch.tensor([self._numbers.get(t, unknown) for t in tokens], dtype=torch.int64)

    @cached_property
    def train(self) -> Tensor:
        """The training part (length,)."""
        return self.encode(self._parts[0])

    @cached_property
    def held(self) -> Tensor:
        """The held-out part (length,)."""
        return self.encode(self._parts[1])


def cut(text: str, unit: str) -> list[str]:
    """Return text as a list of characters, or of words, marks and line breaks."""
    return list(text) if unit == "characters" else TOKEN.findall(text)


@lru_cache(4)
def counted(corpus: Corpus, unit: str) -> tuple[Tokens, NGrams]:
    """Return a corpus in tokens and its counts; shared by everybody who reads it."""
    tokens = Tokens(corpus, unit)
    return tokens, NGrams(tokens.train, len(tokens.symbols))


@lru_cache(16)
def perplexities(corpus: Corpus, unit: str, smoothing: str) -> list[float]:
    """Return the perplexity on the held-out part for n = 1 to the longest; empty if there is none.

    A token that the training part lacks counts as one unknown token.
    """
    tokens, model = counted(corpus, unit)
    if not len(tokens.held):
        return []
    return [perplexity(model.losses(tokens.held, n, smoothing)) for n in range(1, LONGEST + 1)]


def pieces(tokens: list[str], unit: str) -> list[str]:
    """Return each token as it is written on the page, with the space before it if it has one."""
    if unit == "characters":
        return [token or "\ufffd" for token in tokens]
    texts, before = [], "\n"
    for token in tokens:
        tight = before in ("\n", "(", "[", "{", "") or token == "\n" or token[:1] in TIGHT
        texts.append(("" if tight else " ") + (token or "\ufffd"))
        before = token
    return texts
