"""The terms of the field: one line and one live state for each."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from labs.lectures.lecture import Stop


@dataclass(frozen=True)
class Term:
    """A term, what it means in one line, and the state of a lab that shows it."""

    name: str
    meaning: str
    stop: Stop


@cache
def terms() -> tuple[Term, ...]:
    """Return all terms, by the alphabet."""
    text = (Path(__file__).parent / "terms.txt").read_text(encoding="utf-8")
    rows = (line.split(" | ") for line in text.splitlines())
    found = (Term(name, meaning, Stop(place)) for name, meaning, place in rows)
    return tuple(sorted(found, key=lambda term: term.name.lower()))
