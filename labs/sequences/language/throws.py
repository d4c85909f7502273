"""A text written by n-grams: what followed its end is a weighted die, thrown again and again."""

import numpy as np
import torch

from labs.models.ngram import Found, NGrams
from labs.sequences.language.tokens import Tokens, cut, pieces

KEPT = 1500  # tokens of the text


class Throws:
    """A beginning, and the tokens that a die of this seed wrote after it, one a throw."""

    def __init__(self, tokens: Tokens, model: NGrams, n: int, beginning: str, seed: int) -> None:
        self.tokens, self.model, self.beginning = tokens, model, beginning
        self.n = n  # that is counted by
        self.generator = torch.Generator().manual_seed(seed)
        first = cut(beginning, tokens.unit)
        self.written = tokens.encode(first).tolist()
        self.backed = [0] * len(first)  # steps of back-off that each token needed
        self.count = 0
        self.forced = 0  # throws in a row in which the die had a single face
        self.selected: int | None = None
        self._throw()

    def _throw(self) -> None:
        """Have the next number of the die ready: what is shown is what will be used."""
        self.u = torch.rand((), generator=self.generator, dtype=torch.float64).item()

    @property
    def n(self) -> int:
        """The n that is counted by: the chosen one, or all tokens of a text that has fewer."""
        return min(self._n, self.model.longest)

    @n.setter
    def n(self, n: int) -> None:
        self._n = n

    @property
    def context(self) -> list[int]:
        """The numbers of the tokens that the die stands after."""
        return self.written[: self.selected]

    def found(self) -> Found:
        """Return what followed the context of the die in the text that was counted."""
        return self.model.back_off(self.context, self.n)

    def roll(self) -> None:
        """Throw the die at the end of the text, and write the token on which it lands."""
        found = self.model.back_off(self.written, self.n)
        self.written.append(int(found.tokens[face(found, self.u)]))
        self.backed.append(self.n - found.order)
        self.count += 1
        self.forced = self.forced + 1 if len(found.tokens) == 1 else 0
        if len(self.written) > KEPT:
            gone = KEPT // 3
            self.written, self.backed = self.written[gone:], self.backed[gone:]
            if self.selected is not None:
                self.selected = self.selected - gone if self.selected >= gone else None
        self._throw()

    def landed(self, found: Found) -> int | None:
        """Return the face that the next throw gives, or that was the chosen token's."""
        if self.selected is None:
            return face(found, self.u)
        at = (found.tokens == self.written[self.selected]).nonzero()[0]
        return int(at[0]) if len(at) else None  # a typed token may never have followed

    def pieces(self) -> list[str]:
        """Return the text token by token, as it is written on the page."""
        return pieces([self.tokens.symbols[i] for i in self.written], self.tokens.unit)


def face(found: Found, u: float) -> int:
    """Return the face on which a die weighted by the counts lands, for u in [0, 1)."""
    ends = found.counts.cumsum()
    return min(int(np.searchsorted(ends, u * ends[-1], side="right")), len(ends) - 1)
