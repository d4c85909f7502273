"""The plain RNN, the GRU and the LSTM beside each other: the same text, the same unit's number."""

import torch

from labs.data.text import PRINTABLE
from labs.live import Frame
from labs.models.characters import KINDS
from labs.sequences.language.inside import sentence, unit_over_time
from labs.sequences.language.look import Look
from labs.sequences.language.nets import load, shipped
from labs.sequences.language.pace import Pace
from labs.sequences.language.page import Page

READ = 48  # characters before the chosen one that each net has read
STEPS = 6


class Beside:
    """What each shipped net makes of the end of a text; read again when it is another text."""

    def __init__(self) -> None:
        self._pace = Pace()
        self._pages: dict[str, Page] = {}

    def update(self, look: Look, *, resting: bool = False) -> bool:
        """Read the text up to where one looks, if that is due; return whether it was."""
        text = look.page.text[max(0, look.end - READ) : look.end]
        if not text:  # there is nothing to show
            self._pace, self._pages = Pace(), {}
            return False
        due = self._pace.due(text, resting=resting)
        for kind in KINDS if due else ():
            if kind in shipped():
                page = self._pages.get(kind) or Page(load(kind), PRINTABLE, READ)
                page.read(text)
                self._pages[kind] = page
        return due

    def show(self, frame: Frame, look: Look) -> None:
        """Put the unrolled cells into the frame, one for each kind of net that is shipped."""
        for kind, page in self._pages.items():
            past = page.past().last(STEPS)
            values = unit_over_time(page.model, past, look.layer, look.unit)
            rows = torch.full((len(values), STEPS), torch.nan)
            rows[:, : len(past.numbers)] = torch.stack(list(values.values()))
            before = tuple(x[-2, look.layer, look.unit].item() for x in (past.h, past.c))
            frame.values[f"beside.{kind}"] = rows
            frame.notes[f"beside.{kind}"] = {
                "rows": list(values),
                "columns": list(page.text[-STEPS:]),
                "chosen": len(past.numbers) - 1,
                "text": sentence(kind, values, before, -1),
            }
            bits = float(page.bits.mean())
            frame.notes["titles"][f"beside.{kind}"] = f"{bits:.2f} bits a character here"
