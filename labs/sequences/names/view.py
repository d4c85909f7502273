"""What the names lab shows: a name in its colours, the readers' answers, the written names."""

from typing import TYPE_CHECKING

import torch
from torch import Tensor

from labs.data.names import LANGUAGES, LETTERS, encode
from labs.live import Frame
from labs.sequences.names.reading import capitals, importance

if TYPE_CHECKING:
    from labs.sequences.names.experiment import Names

LIKELIEST = 8  # languages followed letter by letter
COLUMNS = 14  # letters in that table


def frame(lab: "Names") -> Frame:
    """Return the name as it was read, or the answer to no name, and the names written."""
    frame = Frame(notes={"settings": lab.settings, "titles": {}})
    if lab.name:
        read(lab, frame)
    else:
        empty(lab, frame)
    written(lab, frame)
    frame.notes["met"] = sorted(lab.met)
    frame.notes["address"] = {"letters": ""} | lab.address()
    return frame


def written(lab: "Names", frame: Frame) -> None:
    """Add the names that the writer made up, and what the reader makes of them."""
    made = zip(lab.written, lab.believed, strict=True)
    frame.notes["written"] = {
        "rows": [[name, p, 0, f"{p:.0%}"] for name, p in made],
        "foot": "click one to read it" if lab.written else "",
    }
    frame.notes["titles"]["written"] = (
        f"how sure the reader is that it is {lab.settings['language']}"
    )


def empty(lab: "Names", frame: Frame) -> None:
    """Add what there is to say of no name: every language is as likely."""
    flat = 1 / len(LANGUAGES)
    rows = [[language, flat, 0, f"{flat:.1%}"] for language in LANGUAGES]
    frame.notes |= {key: {"rows": rows, "foot": "type a name"} for key in lab.readers}
    frame.notes["letters"] = {"text": "", "start": 0, "typed": "", "high": 1}
    frame.values["letters"] = torch.zeros(0)


def read(lab: "Names", frame: Frame) -> None:
    """Add each reader's answer, the letters that made it, and how it came about."""
    answers = lab.answers()
    for key, p in answers.items():
        order = p.argsort(descending=True).tolist()
        frame.notes[key] = {"rows": [[LANGUAGES[i], float(p[i]), 0, f"{p[i]:.1%}"] for i in order]}
    said = next(iter(answers.values()))
    winner = int(said.argmax())
    letters(lab, frame, winner)
    unknown = LETTERS.unknown(lab.name.lower())
    frame.notes["titles"]["letters"] = (
        f"unknown letters: {' '.join(unknown)}"
        if unknown
        else f"after {len(lab.read)} of {len(lab.name)} letters: {LANGUAGES[winner]}, "
        f"{said[winner]:.1%}"
    )
    moving(lab, frame, said)
    frame.notes["say"] = f"{capitals(lab.name)}: {LANGUAGES[winner]}, {said[winner]:.0%}."


def letters(lab: "Names", frame: Frame, winner: int) -> None:
    """Add what each letter does for the language that the first reader says."""
    method = str(lab.settings["method"])
    values = importance(method, lab.main, encode(lab.name), winner)
    frame.values["letters"] = values
    frame.notes["colors"] = {"letters": "gradient"}
    frame.notes["letters"] = {
        "text": lab.name, "start": 0, "selected": lab.selected, "typed": lab.name,
        "high": max(0.1, float(values.abs().max())),
        "label": f"for {LANGUAGES[winner]}, by {method}",
    }  # fmt: skip


def moving(lab: "Names", frame: Frame, said: Tensor) -> None:
    """Add the likeliest languages after every letter; said: (languages,), of the first reader."""
    after = lab.moving()
    top = after.amax(0).topk(LIKELIEST).indices
    columns = list(lab.name)[lab.first :]
    rows = torch.full((LIKELIEST, COLUMNS), torch.nan)  # NaN: no letter yet
    rows[:, : len(columns)] = after[lab.first :, top].T
    frame.values["moving"] = rows
    chosen = len(lab.name) - 1 if lab.selected is None else lab.selected
    winner = int(said.argmax())
    frame.notes["moving"] = {
        "rows": [LANGUAGES[i] for i in top.tolist()],
        "columns": columns,
        "chosen": max(0, chosen - lab.first),
        "text": f"After “{lab.read}”: {LANGUAGES[winner]} {said[winner]:.3f}.",
    }
