"""Which units track something: their correlation with features of the text.

Karpathy, Johnson & Fei-Fei (2015), Visualizing and understanding recurrent networks,
https://arxiv.org/abs/1506.02078.
"""

import string
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True)
class Match:
    """A unit that goes with a feature of the text."""

    feature: str
    layer: int
    unit: int
    correlation: float


def match(text: str, h: Tensor, best: int = 3) -> list[Match]:
    """Return for each feature that occurs in text the `best` units by |Pearson correlation|.

    h: (length of text, layers, H), the state after each character.
    """
    H, states = h.shape[2], h.flatten(1)
    found = []
    for name, feature in FEATURES.items():
        y = torch.tensor(feature(text), dtype=torch.float32)
        if y.std() < 1e-6 or (y != y.mode().values).sum() < 10:
            continue
        r = correlation(states, y)
        for index in r.abs().topk(best).indices.tolist():
            found.append(Match(name, *divmod(index, H), r[index].item()))
    return sorted(found, key=lambda m: -abs(m.correlation))


def correlation(x: Tensor, y: Tensor) -> Tensor:
    """Return Pearson's r of each column of x: (T, K) with y: (T,); 0 for a constant column."""
    x, y = x - x.mean(0), y - y.mean()
    return (x * y[:, None]).sum(0) / (x.norm(dim=0) * y.norm()).clamp_min(1e-9)


def _running(step: Callable[[float, str], float]) -> Callable[[str], list[float]]:
    """Return a feature from a rule that goes from one value and a character to the next value."""

    def feature(text: str) -> list[float]:
        value, values = 0.0, []
        for character in text:
            value = step(value, character)
            values.append(value)
        return values

    return feature


def _indent(text: str) -> list[float]:
    depth, leading, values = 0.0, True, []
    for character in text:
        if character == "\n":
            depth, leading = 0.0, True
        elif leading and character == " ":
            depth += 1
        else:
            leading = False
        values.append(depth)
    return values


def _each(test: Callable[[str], bool]) -> Callable[[str], list[float]]:
    return lambda text: [float(test(character)) for character in text]


FEATURES: dict[str, Callable[[str], list[float]]] = {
    "position in the line": _running(lambda n, c: 0.0 if c == "\n" else n + 1),
    "length of the word so far": _running(lambda n, c: n + 1 if c.isalpha() else 0.0),
    "after a space": _each(lambda c: c == " "),
    "after a line break": _each(lambda c: c == "\n"),
    "inside double quotes": _running(lambda q, c: 1 - q if c == '"' else q),
    "inside brackets": _running(
        lambda n, c: n + 1 if c in "([{" else max(0.0, n - 1) if c in ")]}" else n
    ),
    "inside a comment": _running(lambda q, c: 1.0 if c == "#" else 0.0 if c == "\n" else q),
    "depth of the indent": _indent,
    "a capital letter": _each(str.isupper),
    "a vowel": _each(lambda c: c in "aeiouAEIOU"),
    "punctuation": _each(lambda c: c in string.punctuation),
    "a digit": _each(str.isdigit),
}
