"""The text in its colours, and beside it what may come next."""

from labs.data.text import PRINTABLE
from labs.live import Frame
from labs.numerals import counted
from labs.sequences.language.brush import Alike
from labs.sequences.language.look import Look
from labs.sequences.language.page import Page
from labs.sequences.language.sampling import distribution, known
from labs.sequences.language.view.words import spoken

ROWS = 14  # likeliest characters shown
SIGNED = ("h", "c")  # colours of numbers that have a sign


def color(frame: Frame, look: Look) -> None:
    """Colour the text by surprise, by a unit, or by likeness to the brushed stretch."""
    chosen, note, page, marks = look.settings["color"], "", look.page, look.marks
    title, signed, high = f"{chosen} of unit {look.unit}, layer {look.layer + 1}", False, 1.0
    alike = look.alike() if chosen == "alike" else None
    if alike is not None:
        colors, note, title = alike.share, like(alike), "of the brushed units are on"
    elif chosen in ("surprise", "alike"):
        colors, high, title = page.bits, 8.0, "bits of surprise"
        note = "drag over a stretch of text first" if chosen == "alike" else ""
    elif chosen not in look.values:
        colors, signed = look.values["h"], True
        title = title.replace(chosen, "h", 1)
        note = f"this net has no {chosen}: its output h is shown"
    else:
        colors, signed = look.values[chosen], chosen in SIGNED
        if chosen == "c" and len(colors):
            high = max(1.0, float(colors.abs().max()))
    frame.values["page"] = colors
    frame.notes["colors"]["page"] = "signed" if signed else "unsigned"
    frame.notes["page"] = {
        "text": page.text, "start": page.start, "selected": marks.at, "high": high,
        "brush": marks.stretch, "typed": look.beginning, "marked": look.own, "label": title,
    }  # fmt: skip
    frame.notes["titles"]["page"] = strange(look.beginning) or note or cost(page)


def like(alike: Alike) -> str:
    """Return in words what the brushed stretch has in common with the rest of the page."""
    if not len(alike.units):
        return "no unit is on all through: brush a shorter stretch"
    return (
        f"{counted(len(alike.units), 'unit')} on from its first to its last character, and at "
        f"{counted(alike.twins, 'other place')}"
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
    return f"{counted(len(page), 'character')} cost {total:,.0f} bits, {total / len(page):.2f} each"


def odds(frame: Frame, look: Look) -> None:
    """The likeliest next characters: their mass at this temperature, and what of it is kept."""
    logits = known(look.logits)
    before, kept = distribution(logits, look.how)
    top = logits.topk(ROWS)  # in their order also where the temperature leaves but one
    came = None if look.marks.at is None else look.page.text[look.marks.at]
    likeliest = [PRINTABLE.symbols[i] for i in top.indices.tolist()]
    rejected = float(before[kept == 0].sum())
    frame.notes["odds"] = {
        "rows": [
            [spoken(c), float(kept[i]), float(before[i]), f"{100 * kept[i]:.1f} %"]
            for c, i in zip(likeliest, top.indices.tolist(), strict=True)
        ],
        "chosen": likeliest.index(came) if came in likeliest else None,
        "foot": f"rejected: {100 * rejected:.1f} % of the mass, "
        f"{counted(int((kept > 0).sum()), 'character')} left",
    }
    if came is None:
        title = "click one to write it"
    else:
        unknown = "" if came in PRINTABLE.characters else ", read as unknown"
        title = f"where “{spoken(came)}” came{unknown}; click another"
    frame.notes["titles"]["odds"] = title
