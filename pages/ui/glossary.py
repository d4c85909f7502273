"""Terms of the field in a text: where they stand, and the line of the glossary that each opens."""

import re
from functools import cache
from urllib.parse import quote

from labs.lectures.terms import Term, terms

MOST = 4  # links in one text: more would be read before it
# Terms that are everyday words, too: a link on each would be noise.
EVERYDAY = {"class", "code (of an autoencoder)", "delta", "feature", "gate (logic)", "layer",
            "gate (recurrent)", "norm of a perturbation", "parameter", "parity", "probability",
            "sampling", "sharpen", "state", "threshold", "weight"}  # fmt: skip
APART = r"\$[^$]*\$|`[^`]*`|\[[^\]]*\]\([^)]*\)"  # formulas, code and links in Markdown
Piece = tuple[str, str, str]  # what is written, the term or "", its meaning


@cache
def _known() -> dict[str, Term]:
    return {term.name.lower(): term for term in terms() if term.name not in EVERYDAY}


@cache
def _pattern() -> re.Pattern:
    longest_first = sorted(_known(), key=len, reverse=True)
    names = "|".join(re.escape(name) for name in longest_first)
    return re.compile(rf"(?:{APART})|(?<![\w-])({names})(?=s?(?![\w-]))", re.IGNORECASE)


def pieces(text: str) -> list[Piece]:
    """Return a text in pieces; a term is one of its own where it is named first."""
    found: list[Piece] = []
    at, seen = 0, set()
    for match in _pattern().finditer(text):
        term = _known().get((match[1] or "").lower())
        if term is None or term in seen or len(seen) == MOST:
            continue
        seen.add(term)
        found += [(text[at : match.start()], "", ""), (match[1], term.name, term.meaning)]
        at = match.end()
    return [piece for piece in (*found, (text[at:], "", "")) if piece[0]]


def linked(markdown: str) -> str:
    """Return Markdown in which terms are links to their lines."""
    return "".join(
        f'[{text}](terms?term={quote(name)} "{meaning}")' if name else text
        for text, name, meaning in pieces(markdown)
    )
