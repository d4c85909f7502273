"""Challenges: what a page asks a visitor to try, and how it knows that it was done."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Challenge:
    """A task, a hint, and the test, which takes whatever its lab gives to `met`."""

    key: str
    text: str
    hint: str
    done: Callable[..., bool]


def met(challenges: Iterable[Challenge], known: set[str], *state: object) -> set[str]:
    """Return the keys of the challenges that were met before (`known`) or hold now."""
    return known | {c.key for c in challenges if c.key not in known and c.done(*state)}
