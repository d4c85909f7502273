"""Texts as whole words, numbers and signs, and back."""

import re
from collections.abc import Iterable

from labs.data.translations import clean

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+|\.\.\.|[^\w\s]|_")
_TIGHT = re.compile(r" ([.,!?;:)]|\.\.\.)")
_STARTS = re.compile(r"^[^\W\d_]|(?<=[.?!] )[^\W\d_]|\bi\b")


def cut(text: str) -> list[str]:
    """Return the words, numbers and signs of a text, in small letters."""
    return _WORD.findall(clean(text).lower())


def joined(words: Iterable[str]) -> str:
    """Return words as a text: signs stand close, sentences begin with a capital."""
    text = _TIGHT.sub(r"\1", " ".join(words))
    return _STARTS.sub(lambda start: start[0].upper(), text)
