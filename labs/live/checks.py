"""Reading what a browser sent: every value is what it should be, or one plain sentence says so."""

import math
from collections.abc import Collection

EMPTY = "∅"  # in an address: a text that was emptied
LISTED = 12  # options that a sentence names


def number(value: object, low: float, high: float, name: str) -> float:
    """Return value as a float in [low, high].  Raises ValueError."""
    real = isinstance(value, int | float) and not isinstance(value, bool)
    if not real or not low <= value <= high:  # NaN compares false, and no int is too large here
        raise ValueError(f"{name} lies between {low:g} and {high:g}.")
    return float(value)


def whole(value: object, low: int, high: int, name: str) -> int:
    """Return value as a whole number in [low, high].  Raises ValueError."""
    if high < low:
        raise ValueError(f"{name} cannot be chosen; there is none.")
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise ValueError(f"{name} is a whole number from {low} to {high}.")
    return value


def rounded(value: object, low: int, high: int, name: str) -> int:
    """Return the whole number nearest to value, in [low, high].  Raises ValueError."""
    return math.floor(number(value, low, high, name) + 0.5)


def numbers(text: str, count: int, low: float, high: float) -> list[float]:
    """Return as many numbers in [low, high], which a link separates by commas.  Raises ValueError.

    It reads what `",".join(f"{v:.5g}" for v in ...)` writes.
    """
    parts = text[:2000].split(",")
    if len(parts) != count:
        raise ValueError(f"The link has {len(parts)} numbers where {count} are needed.")
    try:
        return [number(float(part), low, high, "A number") for part in parts]
    except ValueError:
        raise ValueError(f"The link says {text[:20]!r}, which are no such numbers.") from None


def places(text: str, *most: int) -> list[int]:
    """Return as many whole numbers of a link, "3.0.12", each from 0 to its `most`.

    Raises ValueError in one sentence.
    """
    parts = text[:100].split(".")
    if len(parts) == len(most) and all(p.isascii() and p.isdecimal() for p in parts):
        found = [int(part) for part in parts]
        if all(value <= last for value, last in zip(found, most, strict=True)):
            return found
    raise ValueError(f"The link says {text[:20]!r}, and there is no such place here.")


def option(value: object, options: Collection[str], name: str) -> str:
    """Return value if it is one of the options.  Raises ValueError."""
    if not isinstance(value, str) or value not in options:
        words = list(options)
        more = f" and {len(words) - LISTED} more" if len(words) > LISTED else ""
        raise ValueError(f"{name} is one of {', '.join(words[:LISTED])}{more}.")
    return value


def cards(value: object) -> set[str] | None:
    """Return the names of the cards that are in sight; None, which stands for all, for no list."""
    return set(map(str, value)) if isinstance(value, list) else None


def restored(values: object) -> list[tuple[str, object]]:
    """Return the names and values that a browser kept of its sliders.  Raises ValueError."""
    if not isinstance(values, dict) or len(values) > 100:
        raise ValueError("What a browser kept of its sliders is names and numbers.")
    return list(values.items())


def shown(value: object) -> str:
    """Return a stranger's value short enough for a sentence."""
    if value is None:
        return "without a name"
    return repr(value)[:40] if isinstance(value, str | float) else "of another kind"
