"""The text written by counting, and the weighted die."""

from typing import TYPE_CHECKING

import torch

from labs.live import Frame
from labs.models.ngram import Found
from labs.sequences.language.view.words import many, sign, spoken

if TYPE_CHECKING:
    from labs.sequences.language.dice import Dice

ROWS = 12  # faces shown
FEW = 1000  # occurrences that are told as a fraction


def text(frame: Frame, lab: "Dice") -> None:
    """The text coloured by how far each token was backed off."""
    texts, n = lab.pieces(), lab.n
    colors = [float(k) for k, text in zip(lab.backed, texts, strict=True) for _ in text]
    frame.values["rolled"] = torch.tensor(colors)
    frame.notes["colors"] = {"rolled": "unsigned"}
    ends = torch.tensor([len(text) for text in texts]).cumsum(0).tolist()
    frame.notes["rolled"] = {
        "text": "".join(texts), "start": 0, "high": max(1, n - 1), "typed": lab.beginning,
        "selected": None if lab.selected is None else ends[lab.selected] - 1,
        "label": "steps of back-off",
    }  # fmt: skip
    frame.notes["titles"]["rolled"] = (
        f"{many(len(lab.tokens.train), lab.settings['unit'].removesuffix('s'))}, "
        f"{len(lab.model.keys[n - 1]):,} different {n}-grams"
    )


def faces(frame: Frame, lab: "Dice", found: Found) -> None:
    """The faces with their counts; the needle lies where the next throw lands."""
    total, n = int(found.counts.sum()), lab.n
    landed = lab.landed(found)
    shown = zip(found.tokens[:ROWS].tolist(), found.counts[:ROWS].tolist(), strict=True)
    throw = f"next throw {lab.u:.4f}" if lab.selected is None else "as it was written"
    frame.notes["die"] = {
        "die": lab.u if lab.selected is None else None,
        "rows": [[spoken(lab.tokens.symbols[t]), c / total, 0, share(c, total)] for t, c in shown],
        "chosen": landed if landed is not None and landed < ROWS else None,
        "foot": f"{many(len(found.tokens), 'continuation')}, {many(total, 'time')}; {throw}",
    }
    context = lab.context[max(0, len(lab.context) - found.order + 1) :]
    backed = f", backed off from n = {n}" if found.order < n else ""
    frame.notes["titles"]["die"] = f"after {quoted(lab, context)} (n = {found.order}{backed})"


def share(count: int, total: int) -> str:
    """Return how often a face came, and its probability."""
    often = f"{count}/{total}" if total < FEW else f"{count:,}"
    return f"{often} = {count / total:.1%}"


def quoted(lab: "Dice", context: list[int]) -> str:
    """Return the context of the die in quotes, or "nothing"."""
    signs = [sign(lab.tokens.symbols[i]) for i in context]
    between = "" if lab.settings["unit"] == "characters" else " "
    return f"“{between.join(signs)}”" if signs else "nothing"
