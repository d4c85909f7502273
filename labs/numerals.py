"""Numbers for the eye: few digits, and a true minus sign."""

import math
import re
from collections.abc import Callable, Iterable

from torch import Tensor

ZERO = re.compile(r"(?<!\w)-(?=0(?:\.0*)?(?:e[+-]\d+)?(?![\d.]))")
NONE = re.compile(r"(?<!\w)[+-]?nan(?!\w)")
ENDLESS = re.compile(r"(?<!\w)inf(?!\w)")
NEGATIVE = re.compile(r"(?<!\w)-(?=[\d∞])|(?<=\de)-(?=\d)")


def minus(text: str) -> str:
    """Return text with a true minus sign before its numbers and their exponents, and 0 without;
    Python's nan and inf become NaN and ∞.
    """
    return NEGATIVE.sub("−", ZERO.sub("", ENDLESS.sub("∞", NONE.sub("NaN", text))))


def written(x: float | Tensor, how: str = ".3f") -> str:
    """Return x in Python's format `how`."""
    return minus(format(x, how))


def number(x: float, least: float = 5e-4, most: float = 1e5) -> str:
    """Return x with three decimals, or with an exponent where it is below `least` or not below
    `most`.
    """
    return written(x, ".3f" if least <= abs(x) < most or x == 0 else ".1e")


def percent(share: float) -> str:
    """Return a share in whole percent, or a dash for NaN: where there is none."""
    return "–" if math.isnan(share) else f"{100 * share:.0f} %"


def bracketed(x: float) -> str:
    """Return x as it stands inside a formula: a negative number in brackets."""
    return f"({number(x)})" if x < 0 else number(x)


def listed(values: Iterable[float], write: Callable[[float], str] = number) -> str:
    """Return values as a vector: (1.000, −2.000)."""
    return f"({', '.join(map(write, values))})"


def plural(noun: str) -> str:
    """Return many of a noun: layers, entries, batches."""
    if noun.endswith("y"):
        return f"{noun[:-1]}ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")


def counted(n: float, noun: str, how: str = ",") -> str:
    """Return a number with its noun: 1 layer, 2 layers, 1 entry, 2,000 entries."""
    return f"{written(n, how)} {noun if n == 1 else plural(noun)}"


def article(name: str) -> str:
    """Return a noun or a digit with its article: a 3, an 8, an apple."""
    return f"{'an' if name[0] in 'aeiou8' else 'a'} {name}"
