"""The plain RNN, the GRU and the LSTM beside each other: the same text, the same unit's number."""

from typing import TYPE_CHECKING

import torch

from labs.data.text import PRINTABLE
from labs.live import Frame
from labs.sequences.language.inside import sentence, unit_over_time
from labs.sequences.language.nets import load, shipped
from labs.sequences.language.pace import Pace
from labs.sequences.language.page import Page

if TYPE_CHECKING:
    from labs.sequences.language.writer import Writer

KINDS = ("rnn", "gru", "lstm")
READ = 48  # characters before the chosen one that each net has read
STEPS = 6


class Beside:
    """What each shipped net makes of the end of a text; read again when it is another text."""

    def __init__(self) -> None:
        self._pace = Pace()
        self._pages: dict[str, Page] = {}

    def tell(self, frame: Frame, lab: "Writer") -> None:
        """Put the unrolled cells into the frame, one for each kind of net that is shipped."""
        end = len(lab.page) if lab.marks.at is None else lab.marks.at + 1
        text = lab.page.text[max(0, end - READ) : end]
        if text and self._pace.due(text):
            self._read(text)
        for kind, page in self._pages.items():
            past = page.past().last(STEPS)
            values = unit_over_time(page.model, past, lab.layer, lab.unit)
            rows = torch.full((len(values), STEPS), torch.nan)
            rows[:, : len(past.numbers)] = torch.stack(list(values.values()))
            before = tuple(x[-2, lab.layer, lab.unit].item() for x in (past.h, past.c))
            frame.values[f"beside.{kind}"] = rows
            frame.notes[f"beside.{kind}"] = {
                "rows": list(values),
                "columns": list(page.text[-STEPS:]),
                "chosen": len(past.numbers) - 1,
                "text": sentence(kind, values, before, -1),
            }
            bits = float(page.bits.mean())
            frame.notes["titles"][f"beside.{kind}"] = f"{bits:.2f} bits a character here"

    def _read(self, text: str) -> None:
        for kind in KINDS:
            if kind in shipped():
                page = self._pages.get(kind) or Page(load(kind), PRINTABLE, READ)
                page.read(text)
                self._pages[kind] = page
