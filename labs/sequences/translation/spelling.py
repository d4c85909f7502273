"""Words as a text whose characters can be pointed at, each with the value of its word."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import torch


@dataclass(frozen=True)
class Spelled:
    """Words as a text, with the place at which each begins and ends."""

    text: str
    spans: tuple[tuple[int, int], ...]

    def word_at(self, index: int) -> int | None:
        """Return the number of the word of a character; None between two."""
        return next((i for i, (a, b) in enumerate(self.spans) if a <= index < b), None)

    def values(self, of_words: Sequence[float]) -> torch.Tensor:
        """Return (characters,): for each the number of its word, 0 where it has none."""
        values = torch.zeros(len(self.text))
        for (a, b), value in zip(self.spans, of_words, strict=False):
            values[a:b] = value
        return values


def spelled(words: Sequence[str], lines: Collection[str] = ()) -> Spelled:
    """Return words as one text: signs stand close, and before those of `lines` a line begins."""
    text, spans = "", []
    for word in words:
        if text and word in lines:
            text += "\n"
        elif text and not (len(word) < 4 and word[0] in ".,!?;:)"):
            text += " "
        spans.append((len(text), len(text) + len(word)))
        text += word
    return Spelled(text, tuple(spans))
