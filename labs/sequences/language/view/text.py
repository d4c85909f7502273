"""The text in its colours, and beside it what may come next."""

from typing import TYPE_CHECKING

from torch import Tensor

from labs.data.text import PRINTABLE
from labs.live import Frame
from labs.sequences.language.brush import Alike
from labs.sequences.language.page import Page
from labs.sequences.language.sampling import distribution, known
from labs.sequences.language.view.words import many, spoken

if TYPE_CHECKING:
    from labs.sequences.language.writer import Writer

ROWS = 14  # likeliest characters shown
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


def color(frame: Frame, lab: "Writer", values: dict[str, Tensor]) -> None:
    """Colour the text by surprise, by a unit, or by likeness to the brushed stretch."""
    chosen, note = lab.settings["color"], ""
    name, signed = COLORS[chosen]
    title = f"{name or chosen} of unit {lab.unit}, layer {lab.layer + 1}"
    alike = lab.alike() if chosen == "alike" else None
    if alike is not None:
        colors, high, title = alike.share, 1.0, "of the brushed units are on"
        note = like(alike)
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
    start = lab.page.start
    frame.notes["page"] = {
        "text": lab.page.text, "start": start, "selected": lab.marks.at, "high": high,
        "brush": lab.marks.stretch, "typed": lab.beginning,
        "marked": max(0, len(lab.beginning) - start), "label": title,
    }  # fmt: skip
    frame.notes["titles"]["page"] = strange(lab.beginning) or note or cost(lab.page)


def like(alike: Alike) -> str:
    """Return in words what the brushed stretch has in common with the rest of the page."""
    if not len(alike.units):
        return "no unit is on all through: brush a shorter stretch"
    return (
        f"{many(len(alike.units), 'unit')} on from its first to its last character, and at "
        f"{many(alike.twins, 'other place')}"
    )


def strange(text: str) -> str:
    """Return in words which characters of text the net takes for one unknown symbol, if any."""
    unknown = PRINTABLE.unknown(text)
    if not unknown:
        return ""
    seen = [character for character in unknown if character.isprintable()]
    some = " ".join(seen[:8]) + (" …" if len(seen) > 8 else "") or "signs that cannot be seen"
    return f"outside the alphabet, read as unknown: \u2068{some}\u2069"


def cost(page: Page) -> str:
    """Return in words what the characters of the page cost."""
    if not len(page):
        return "an empty page: the net has read one line break"
    total = float(page.bits.sum())
    return f"{len(page):,} characters cost {total:,.0f} bits, {total / len(page):.2f} each"


def odds(frame: Frame, lab: "Writer") -> None:
    """The likeliest next characters: their mass at this temperature, and what of it is kept."""
    before, kept = distribution(known(lab.next_logits()), lab.how)
    top = before.topk(ROWS)
    came = None if lab.marks.at is None else lab.page.text[lab.marks.at]
    likeliest = [PRINTABLE.symbols[i] for i in top.indices.tolist()]
    rejected = float(before[kept == 0].sum())
    frame.notes["odds"] = {
        "rows": [
            [spoken(c), float(kept[i]), float(before[i]), f"{100 * kept[i]:.1f} %"]
            for c, i in zip(likeliest, top.indices.tolist(), strict=True)
        ],
        "chosen": likeliest.index(came) if came in likeliest else None,
        "foot": f"rejected: {100 * rejected:.1f} % of the mass, "
        f"{many(int((kept > 0).sum()), 'character')} left",
    }
    if came is None:
        told = "click one to write it"
    elif came in PRINTABLE.characters:
        told = f"where “{spoken(came)}” came; click another"
    else:
        told = f"where “{spoken(came)}” came, read as unknown; click another"
    frame.notes["titles"]["odds"] = told
