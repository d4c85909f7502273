"""The opened net: all units over time, one unit step by step, and what units track."""

from typing import TYPE_CHECKING

import torch
from torch import Tensor

from labs.live import Frame
from labs.sequences.language.inside import sentence
from labs.sequences.language.tracking import ENOUGH

if TYPE_CHECKING:
    from labs.sequences.language.writer import Writer

WINDOW = 96  # characters in the heat map of units
STEPS = 10  # in the opened cell
UNIT = 256


def units(frame: Frame, lab: "Writer") -> None:
    """All units of the layer over the last characters, the chosen unit and step marked."""
    first, length = window(lab)
    h = torch.zeros(UNIT, WINDOW)
    h[:, :length] = lab.page.past().h[first + 1 : first + 1 + length, lab.layer].T
    frame.maps["units"] = h[None]
    frame.notes["titles"]["units"] = f"layer {lab.layer + 1}, last {length} characters"
    column = length - 1 if lab.marks.at is None else lab.marks.at - first
    frame.notes["marks"] = {"units": [
        {"unit": 0, "box": [0, column, UNIT, column + 1]},
        {"unit": 0, "box": [lab.unit, 0, lab.unit + 1, WINDOW]},
    ]}  # fmt: skip


def cell(frame: Frame, lab: "Writer", values: dict[str, Tensor]) -> None:
    """The chosen unit over the last steps, with the arithmetic of the chosen one."""
    first, length = shown_steps(lab)
    if length == 0:
        return
    part = slice(first, first + length)
    rows = torch.full((len(values), STEPS), torch.nan)
    rows[:, :length] = torch.stack([v[part] for v in values.values()])
    frame.values["cell"] = rows
    past, last = lab.page.past(), first + length - 1
    before = tuple(x[last, lab.layer, lab.unit].item() for x in (past.h, past.c))
    frame.notes["cell"] = {
        "rows": list(values),
        "columns": list(lab.page.text[part]),
        "chosen": length - 1,
        "text": sentence(lab.page.model.kind, values, before, last),
    }
    frame.notes["titles"]["cell"] = f"unit {lab.unit} of layer {lab.layer + 1}"


def tracked(frame: Frame, lab: "Writer") -> None:
    """The units that go with features of the text, ranked."""
    matches, own = lab.tracking.matches, (lab.layer, lab.unit)
    chosen = [i for i, m in enumerate(matches) if (m.layer, m.unit) == own]
    frame.notes["tracked"] = {
        "rows": [
            [
                f"{m.feature}: {m.layer + 1}·{m.unit}",
                m.correlation,
                0,
                f"{m.correlation:+.2f}".replace("-", "−"),
            ]
            for m in matches
        ],
        "chosen": chosen[0] if chosen else None,
        "foot": "" if matches else f"needs {ENOUGH} characters of text",
    }


def window(lab: "Writer") -> tuple[int, int]:
    """Return where the heat map begins on the page, and its length."""
    end = len(lab.page) if lab.marks.at is None else min(len(lab.page), lab.marks.at + WINDOW // 2)
    first = max(0, end - WINDOW)
    return first, min(WINDOW, len(lab.page) - first)


def shown_steps(lab: "Writer") -> tuple[int, int]:
    """Return where the opened cell begins on the page, and how many steps it shows."""
    last = len(lab.page) if lab.marks.at is None else lab.marks.at + 1
    first = max(0, last - STEPS)
    return first, last - first
