"""The text written by counting, and the weighted die."""

import torch

from labs.live import Frame
from labs.numerals import counted
from labs.sequences.language.throws import Throws
from labs.sequences.language.view.words import sign, spoken

ROWS = 12  # faces shown
FEW = 1000  # occurrences up to which a share is written as a fraction


def text(frame: Frame, text: Throws) -> None:
    """The text coloured by how far each token was backed off."""
    pieces, n = text.pieces(), text.n
    colors = [float(k) for k, piece in zip(text.backed, pieces, strict=True) for _ in piece]
    frame.values["rolled"] = torch.tensor(colors)
    frame.notes["colors"] = {"rolled": "unsigned"}
    ends = torch.tensor([len(piece) for piece in pieces]).cumsum(0).tolist()
    frame.notes["rolled"] = {
        "text": "".join(pieces), "start": 0, "high": max(1, n - 1), "typed": text.beginning,
        "selected": None if text.selected is None else ends[text.selected] - 1,
        "label": "steps of back-off",
    }  # fmt: skip
    frame.notes["titles"]["rolled"] = (
        f"{counted(len(text.tokens.train), text.tokens.unit.removesuffix('s'))}, "
        f"{len(text.model.keys[n - 1]):,} different {n}-grams"
    )


def faces(frame: Frame, text: Throws) -> None:
    """The faces with their counts; the needle lies where the next throw lands."""
    found, n, symbols = text.found(), text.n, text.tokens.symbols
    total, landed = int(found.counts.sum()), text.landed(found)
    shown = zip(found.tokens[:ROWS].tolist(), found.counts[:ROWS].tolist(), strict=True)
    throw = f"next throw {text.u:.4f}" if text.selected is None else "as it was written"
    frame.notes["die"] = {
        "die": text.u if text.selected is None else None,
        "rows": [[spoken(symbols[t]), c / total, 0, share(c, total)] for t, c in shown],
        "chosen": landed if landed is not None and landed < ROWS else None,
        "foot": f"{counted(len(found.tokens), 'continuation')}, {counted(total, 'time')}; {throw}",
    }
    before = [sign(symbols[i]) for i in text.context[max(0, len(text.context) - found.order + 1) :]]
    between = "" if text.tokens.unit == "characters" else " "
    context = f"“{between.join(before)}”" if before else "nothing"
    backed = f", backed off from n = {n}" if found.order < n else ""
    frame.notes["titles"]["die"] = f"after {context} (n = {found.order}{backed})"


def share(count: int, total: int) -> str:
    """Return how often a face came, and its probability."""
    often = f"{count}/{total}" if total < FEW else f"{count:,}"
    return f"{often} = {count / total:.1%}"
