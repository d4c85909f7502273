"""What the names experiment shows: each function puts one picture into the frame."""

from typing import TYPE_CHECKING

import torch
from torch import Tensor

from labs.data.names import LANGUAGES, LETTERS, encode, small
from labs.live import Frame
from labs.sequences.names.reading import capitals, importance

if TYPE_CHECKING:
    from labs.sequences.names.experiment import Names

LIKELIEST = 8  # languages followed letter by letter
COLUMNS = 14  # letters in that table
TOLD = {"leave one out": "lost if it were unknown", "gradient": "gradient × letter"}


def frame(lab: "Names") -> Frame:
    """Return what there is to see of the name now, and the names that were written."""
    frame = Frame(notes={"settings": lab.settings, "titles": {}, "met": sorted(lab.met)})
    if lab.name:
        answers = lab.answers()
        said = next(iter(answers.values()))
        readers(frame, answers)
        letters(frame, lab, said)
        moving(frame, lab, said)
        winner = int(said.argmax())
        frame.notes["say"] = f"{capitals(lab.name)}: {LANGUAGES[winner]}, {said[winner]:.0%}."
    else:
        nothing(frame, lab)
    written(frame, lab)
    frame.notes["address"] = {"letters": lab.address().get("letters", "")}
    return frame


def readers(frame: Frame, answers: dict[str, Tensor]) -> None:
    """What each reader says, the likeliest language first."""
    for key, p in answers.items():
        order = p.argsort(descending=True).tolist()
        frame.notes[key] = {"rows": [[LANGUAGES[i], float(p[i]), 0, f"{p[i]:.1%}"] for i in order]}


def nothing(frame: Frame, lab: "Names") -> None:
    """No letters: nothing is known."""
    flat = 1 / len(LANGUAGES)
    rows = [[language, flat, 0, f"{flat:.1%}"] for language in LANGUAGES]
    frame.notes |= {key: {"rows": rows, "foot": "type a name"} for key in lab.readers}
    frame.notes["letters"] = {"text": "", "start": 0, "typed": "", "high": 1}
    frame.values["letters"] = torch.zeros(0)
    frame.notes["titles"]["letters"] = "no letters yet"
    frame.values["moving"] = torch.full((LIKELIEST, COLUMNS), torch.nan)
    frame.notes["moving"] = {
        "rows": LANGUAGES[:LIKELIEST], "columns": [], "chosen": None, "text": "",
    }  # fmt: skip
    frame.notes["say"] = "No letters yet."


def letters(frame: Frame, lab: "Names", said: Tensor) -> None:
    """The name, each letter that was read coloured by what it does for the winner."""
    winner, method = int(said.argmax()), str(lab.settings["method"])
    values = importance(method, lab.main, encode(lab.read), winner)
    frame.values["letters"] = values
    frame.notes["colors"] = {"letters": "gradient"}
    frame.notes["letters"] = {
        "text": lab.name, "start": 0, "selected": lab.selected, "typed": lab.name,
        "high": max(0.1, float(values.abs().max())),
        "label": f"nats for {LANGUAGES[winner]}, {TOLD[method]}",
    }  # fmt: skip
    unknown = LETTERS.unknown(small(lab.name))
    frame.notes["titles"]["letters"] = (
        f"unknown letters: {' '.join(unknown)}"
        if unknown
        else f"after {len(lab.read)} of {len(lab.name)} letters: {LANGUAGES[winner]}, "
        f"{said[winner]:.1%}"
    )


def followed(found: Tensor) -> list[int]:
    """Return the languages that were ever the likeliest, from found: (letters, languages)."""
    return found.amax(0).topk(LIKELIEST).indices.tolist()


def moving(frame: Frame, lab: "Names", said: Tensor) -> None:
    """The likeliest languages after every letter."""
    found, first = lab.moving(), lab.first
    top = followed(found)
    columns = list(lab.name)[first:]
    rows = torch.full((LIKELIEST, COLUMNS), torch.nan)
    rows[:, : len(columns)] = found[first:, top].T
    frame.values["moving"] = rows
    chosen, winner = len(lab.read) - 1, int(said.argmax())
    frame.notes["moving"] = {
        "rows": [LANGUAGES[i] for i in top],
        "columns": columns,
        "chosen": max(0, chosen - first),
        "text": f"After “{lab.read}”: {LANGUAGES[winner]} {said[winner]:.3f}.",
    }


def written(frame: Frame, lab: "Names") -> None:
    """The new names, and how sure the reader is of their language."""
    pairs = zip(lab.written, lab.believed, strict=True)
    frame.notes["written"] = {
        "rows": [[name, p, 0, f"{p:.0%}"] for name, p in pairs],
        "foot": "click one to read it" if lab.written else "",
    }
    language = lab.settings["language"]
    frame.notes["titles"]["written"] = f"how sure the reader is that it is {language}"
