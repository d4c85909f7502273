"""The opened net: all units over time, one unit step by step, and what units track."""

import torch

from labs.live import Frame
from labs.sequences.language.controls import UNITS
from labs.sequences.language.inside import sentence
from labs.sequences.language.look import STEPS, WINDOW, Look
from labs.sequences.language.tracking import ENOUGH


def units(frame: Frame, look: Look) -> None:
    """All units of the layer over the last characters, the chosen unit and step marked."""
    first, length = look.window
    h = torch.zeros(UNITS, WINDOW)
    h[:, :length] = look.page.past().h[first + 1 : first + 1 + length, look.layer].T
    frame.maps["units"] = h[None]
    frame.notes["titles"]["units"] = f"layer {look.layer + 1}, last {length} characters"
    column = length - 1 if look.marks.at is None else look.marks.at - first
    frame.notes["marks"] = {"units": [
        {"unit": 0, "box": [0, column, UNITS, column + 1]},
        {"unit": 0, "box": [look.unit, 0, look.unit + 1, WINDOW]},
    ]}  # fmt: skip


def cell(frame: Frame, look: Look) -> None:
    """The chosen unit over the last steps, with the arithmetic of the chosen one."""
    first, length = look.cell
    if length == 0:
        return
    part, values = slice(first, first + length), look.values
    rows = torch.full((len(values), STEPS), torch.nan)
    rows[:, :length] = torch.stack([v[part] for v in values.values()])
    frame.values["cell"] = rows
    past, last = look.page.past(), first + length - 1
    before = tuple(x[last, look.layer, look.unit].item() for x in (past.h, past.c))
    frame.notes["cell"] = {
        "rows": list(values),
        "columns": list(look.page.text[part]),
        "chosen": length - 1,
        "text": sentence(look.page.model.kind, values, before, last),
    }
    frame.notes["titles"]["cell"] = f"unit {look.unit} of layer {look.layer + 1}"


def tracked(frame: Frame, look: Look) -> None:
    """The units that go with features of the text, ranked."""
    matches, own = look.matches, (look.layer, look.unit)
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
        "chosen": next((i for i, m in enumerate(matches) if (m.layer, m.unit) == own), None),
        "foot": "" if matches else f"needs {ENOUGH} characters of text",
    }
