"""What the writing experiment shows: each function puts one picture into the frame."""

from typing import TYPE_CHECKING

import torch
from torch import Tensor

from labs.data.text import PRINTABLE
from labs.live import Frame
from labs.sequences.language.inside import sentence, unit_over_time
from labs.sequences.language.sampling import distribution, known

if TYPE_CHECKING:
    from labs.sequences.language.writer import Writer

WINDOW = 96  # characters in the heat map of units
STEPS = 10  # in the opened cell
ROWS = 14  # likeliest characters shown
ENOUGH = 300  # characters before units are compared with features
UNIT = 256
# what colours the text -> the name in `unit_over_time`, and whether it has a sign
COLORS = {
    "surprise": ("", False),
    "h": ("h", True),
    "c": ("c", True),
    "input": ("input", False),
    "forget": ("forget", False),
    "output": ("output", False),
    "reset": ("reset", False),
    "update": ("update", False),
    "alike": ("", False),
}
NAMES = {"\n": "↵ line", " ": "␣ space"}


def frame(lab: "Writer") -> Frame:
    """Return what there is to see of the writer now, as far as its cards are in sight."""
    frame = Frame(notes={"settings": lab.settings, "colors": {}, "titles": {}})
    values = unit_over_time(lab.page.model, lab.page.past(), lab.layer, lab.unit)
    color(frame, lab, values)
    odds(frame, lab)
    if lab.sees("inside"):
        units(frame, lab)
        cell(frame, lab, values)
    if lab.sees("beside"):
        lab.others.tell(frame, lab)
    if lab.sees("tracked"):
        tracked(frame, lab)
    frame.notes |= {"met": sorted(lab.met), "address": lab.address()}
    frame.notes["say"] = f"{len(lab.page)} characters on the page."
    return frame


def color(frame: Frame, lab: "Writer", values: dict[str, Tensor]) -> None:
    """Colour the text by surprise, by a unit, or by likeness to the brushed stretch."""
    chosen, note = lab.settings["color"], ""
    name, signed = COLORS[chosen]
    title = f"{name or chosen} of unit {lab.unit}, layer {lab.layer + 1}"
    alike = lab.alike() if chosen == "alike" else None
    if alike is not None:
        colors, high, title = alike.share, 1.0, "of the brushed units are on"
        note = f"{len(alike.units)} units are on all through, and at {alike.twins} other places"
    elif chosen in ("surprise", "alike"):
        colors, high, title = lab.page.bits, 8.0, "bits of surprise"
        note = "drag over a stretch of text first" if chosen == "alike" else ""
    elif name not in values:
        colors, signed, high = values["h"], True, 1.0
        note = f"this net has no {chosen}: its output h is shown"
    else:
        colors = values[name]
        high = 1.0 if name != "c" else max(1.0, float(colors.abs().max()) if len(colors) else 1)
    frame.values["page"] = colors
    frame.notes["colors"]["page"] = "signed" if signed else "unsigned"
    total = float(lab.page.bits.sum())
    start, brush = lab.page.start, None
    if lab.brush and lab.brush[0] >= start:
        brush = [lab.brush[0] - start, lab.brush[1] - start]
    frame.notes["page"] = {
        "text": lab.page.text, "start": start, "selected": lab.at, "high": high,
        "brush": brush, "typed": lab.beginning,
        "marked": max(0, len(lab.beginning) - start), "label": title,
    }  # fmt: skip
    unknown = PRINTABLE.unknown(lab.beginning)
    if unknown:
        note = f"{len(unknown)} kinds of characters are outside the alphabet: read as unknown"
    each = total / max(1, len(lab.page))
    frame.notes["titles"]["page"] = note or (
        f"{len(lab.page):,} characters cost {total:,.0f} bits, {each:.2f} each"
    )


def odds(frame: Frame, lab: "Writer") -> None:
    """The likeliest next characters: their mass at this temperature, and what of it is kept."""
    before, kept = distribution(known(lab.next_logits()), lab.how)
    top = before.topk(ROWS)
    came = None if lab.at is None else int(PRINTABLE.encode(lab.page.text[lab.at])[0])
    indices = top.indices.tolist()
    rejected = float(before[kept == 0].sum())
    frame.notes["odds"] = {
        "rows": [
            [symbol(i), float(kept[i]), float(before[i]), f"{100 * kept[i]:.1f} %"] for i in indices
        ],
        "chosen": indices.index(came) if came in indices else None,
        "foot": f"rejected: {100 * rejected:.1f} % of the mass, "
        f"{int((kept > 0).sum())} characters left",
    }
    frame.notes["titles"]["odds"] = (
        "click one to write it" if came is None else f"where “{symbol(came)}” came; click another"
    )


def units(frame: Frame, lab: "Writer") -> None:
    """All units of the layer over the last characters, the chosen unit and step marked."""
    first, length = window(lab)
    h = torch.zeros(UNIT, WINDOW)
    h[:, :length] = lab.page.past().h[first + 1 : first + 1 + length, lab.layer].T
    frame.maps["units"] = h[None]
    frame.notes["titles"]["units"] = f"layer {lab.layer + 1}, last {length} characters"
    column = length - 1 if lab.at is None else lab.at - first
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
    chosen = [i for i, m in enumerate(lab.matches) if (m.layer, m.unit) == (lab.layer, lab.unit)]
    frame.notes["tracked"] = {
        "rows": [
            [
                f"{m.feature}: {m.layer + 1}·{m.unit}",
                m.correlation,
                0,
                f"{m.correlation:+.2f}".replace("-", "−"),
            ]
            for m in lab.matches
        ],
        "chosen": chosen[0] if chosen else None,
        "foot": "" if lab.matches else f"needs {ENOUGH} characters of text",
    }


def window(lab: "Writer") -> tuple[int, int]:
    """Return where the heat map begins on the page, and its length."""
    end = len(lab.page) if lab.at is None else min(len(lab.page), lab.at + WINDOW // 2)
    first = max(0, end - WINDOW)
    return first, min(WINDOW, len(lab.page) - first)


def shown_steps(lab: "Writer") -> tuple[int, int]:
    """Return where the opened cell begins on the page, and how many steps it shows."""
    last = len(lab.page) if lab.at is None else lab.at + 1
    first = max(0, last - STEPS)
    return first, last - first


def symbol(number: int) -> str:
    """Return a character's name on the screen."""
    character = PRINTABLE.symbols[number]
    return NAMES.get(character, character)
