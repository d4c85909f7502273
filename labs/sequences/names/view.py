"""What there is to see of the names lab: each function puts one picture into the frame."""

from collections.abc import Iterable, Mapping, Sequence

import torch
from torch import Tensor

from labs.data.names import LANGUAGES, LETTERS, encode, small
from labs.live import Frame
from labs.models.names import NameReader
from labs.sequences.names.reading import Reading, capitals, importance

LIKELIEST = 8  # languages followed letter by letter
COLUMNS = 14  # letters in that table
MEANING = {"leave one out": "lost if it were unknown", "gradient": "gradient × letter"}


def name(f: Frame, r: Reading, main: NameReader, method: str) -> None:
    """Add the name in its colours, and what the readers say of it."""
    readers(f, r.answers)
    letters(f, r, main, method)
    moving(f, r)
    winner = int(r.answer.argmax())
    f.notes["say"] = f"{capitals(r.text)}: {LANGUAGES[winner]}, {r.answer[winner]:.0%}."


def readers(f: Frame, answers: Mapping[str, Tensor]) -> None:
    """Add what each reader says, the likeliest language first."""
    for key, p in answers.items():
        order = p.argsort(descending=True).tolist()
        f.notes[key] = {"rows": [[LANGUAGES[i], float(p[i]), 0, f"{p[i]:.1%}"] for i in order]}


def nothing(f: Frame, keys: Iterable[str]) -> None:
    """Add what is known of no letters to the readers called `keys`: nothing."""
    flat = 1 / len(LANGUAGES)
    rows = [[language, flat, 0, f"{flat:.1%}"] for language in LANGUAGES]
    f.notes |= {key: {"rows": rows, "foot": "type a name"} for key in keys}
    f.notes["letters"] = {"text": "", "start": 0, "typed": "", "high": 1}
    f.values["letters"] = torch.zeros(0)
    f.notes["titles"]["letters"] = "no letters yet"
    f.values["moving"] = torch.full((LIKELIEST, COLUMNS), torch.nan)
    f.notes["moving"] = {
        "rows": LANGUAGES[:LIKELIEST], "columns": [], "chosen": None, "text": "",
    }  # fmt: skip
    f.notes["say"] = "No letters yet."


def letters(f: Frame, r: Reading, main: NameReader, method: str) -> None:
    """Add the name, each letter that was read coloured by what it does for the winner."""
    winner = int(r.answer.argmax())
    values = importance(method, main, encode(r.read), winner)
    f.values["letters"] = values
    f.notes["colors"] = {"letters": "gradient"}
    f.notes["letters"] = {
        "text": r.text, "start": 0, "selected": r.selected, "typed": r.text,
        "high": max(0.1, float(values.abs().max())),
        "label": f"nats for {LANGUAGES[winner]}, {MEANING[method]}",
    }  # fmt: skip
    unknown = LETTERS.unknown(small(r.text))
    f.notes["titles"]["letters"] = (
        f"unknown letters: {' '.join(unknown)}"
        if unknown
        else f"after {len(r.read)} of {len(r.text)} letters: {LANGUAGES[winner]}, "
        f"{r.answer[winner]:.1%}"
    )


def followed(found: Tensor) -> list[int]:
    """Return the languages that were ever the likeliest, from found: (letters, languages)."""
    return found.amax(0).topk(LIKELIEST).indices.tolist()


def first_column(text: str) -> int:
    """Return the first letter in the table of distributions."""
    return max(0, len(text) - COLUMNS)


def moving(f: Frame, r: Reading) -> None:
    """Add the likeliest languages after every letter."""
    first, top, winner = first_column(r.text), followed(r.moving), int(r.answer.argmax())
    columns = list(r.text)[first:]
    rows = torch.full((LIKELIEST, COLUMNS), torch.nan)
    rows[:, : len(columns)] = r.moving[first:, top].T
    f.values["moving"] = rows
    f.notes["moving"] = {
        "rows": [LANGUAGES[i] for i in top],
        "columns": columns,
        "chosen": max(0, len(r.read) - 1 - first),
        "text": f"After “{r.read}”: {LANGUAGES[winner]} {r.answer[winner]:.3f}.",
    }


def written(f: Frame, names: Sequence[str], shares: Sequence[float], language: str) -> None:
    """Add the new names, and how sure the reader is of their language."""
    pairs = zip(names, shares, strict=True)
    f.notes["written"] = {
        "rows": [[name, p, 0, f"{p:.0%}"] for name, p in pairs],
        "foot": "click one to read it" if names else "",
    }
    f.notes["titles"]["written"] = f"how sure the reader is that it is {language}"
