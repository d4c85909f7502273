"""Challenges: what a page asks a visitor to try, and how it knows that it was done."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Challenge:
    """A task, a hint, and the test, which takes what its lab gives as `evidence()`."""

    key: str
    text: str
    hint: str
    done: Callable[..., bool]
