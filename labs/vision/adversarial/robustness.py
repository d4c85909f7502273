"""Who stands?  Every net under every attack, by budget: a table that the workers fill."""

import torch

from labs.cluster.stream import Stream
from labs.live import Frame
from labs.live.controls import Button, Choice, Transport, Value, same
from labs.live.lab import Lab
from labs.vision.adversarial.accuracy import COUNT, LINES, Cell, cells, share, source
from labs.vision.adversarial.controls import NORMS
from labs.vision.adversarial.plan import on_slider
from labs.vision.adversarial.subjects import DrawnDigit, subject
from labs.vision.adversarial.words import axis

QUICK = ("noise", "FGSM")  # a gradient at most: these are made here, without a worker
CONTROLS = (
    Transport(step="cell", until=False),
    Choice("attack", "attack", same(*LINES), "FGSM", shown=True),
    Choice("norm", "measured in", NORMS, "linf", shown=True),
    Button("again", "Again"),
)


class Robustness(Lab):
    """The share of test pictures that keep their class: one table for each attack and norm."""

    name = "standing"
    controls = CONTROLS
    slow = True

    def __init__(self, title: str = DrawnDigit.title) -> None:
        """title: of the subject."""
        super().__init__()
        self.title, self.nets = title, subject(title).nets
        self.data = source(title)
        self.calls = Stream()
        self.again()

    def again(self) -> None:
        """Begin with empty tables."""
        self.release()
        self.shares: dict[Cell, float] = {}
        self._asked = False

    def release(self) -> None:
        """Give up what is on its way to the workers."""
        self.calls.cancel()

    @property
    def table(self) -> list[Cell]:
        """The cells of the table that is looked at."""
        line, norm = str(self.settings["attack"]), str(self.settings["norm"])
        return cells(self.title, self.data, line, norm)

    @property
    def left(self) -> list[Cell]:
        """The cells of it that are still empty."""
        return [cell for cell in self.table if cell not in self.shares]

    @property
    def steps(self) -> int:
        """Cells that are filled."""
        return len(self.shares)

    @property
    def eager(self) -> bool:
        """Whether it is in sight with an empty cell that is made at once, or that was asked for."""
        wanted = self._asked or self.settings["attack"] in QUICK
        return wanted and "standing" in (self.visible_cards or ()) and bool(self.left)

    def changed(self, name: str, before: Value) -> None:
        """Turn to another table; what was asked for the last one is given up."""
        if self.settings[name] != before:
            self.release()
            self._asked = True

    def step(self) -> bool:
        """Fill one cell here, or those that have come from the workers; False when all is full."""
        self._asked = False
        left = self.left
        if left and self.settings["attack"] in QUICK:
            self.shares[left[0]] = share(left[0])
            return len(left) > 1
        waiting = self.calls.left()
        for cell in left:
            if cell not in waiting:
                self.calls.send(cell, share, cell)
        self.shares |= dict(self.calls.come())
        return bool(self.left)

    def show(self) -> Frame:
        """Return the table that is looked at, as numbers and as lines."""
        table, norm = self.table, str(self.settings["norm"])
        found = torch.tensor([self.shares.get(cell, torch.nan) for cell in table])
        found = found.view(len(self.nets), -1)  # (nets, budgets)
        budgets = [on_slider(cell.eps, norm) for cell in table[: found.shape[1]]]
        rows = [
            [name, *("" if v != v else f"{v:.0%}" for v in line)]
            for name, line in zip(self.nets.values(), found.tolist(), strict=True)
        ]
        summary = f"{len(table) - len(self.left)} of {len(table)} cells"
        if len(self.calls) or self.calls.trouble:
            summary += f"; {self.calls.told('cell')}"
        return Frame(
            values={"standing": torch.cat([torch.tensor([budgets]), found])},
            notes={
                "titles": {"standing": summary},
                "shares": {"head": [axis(norm), *(f"{b:.3g}" for b in budgets)], "rows": rows,
                           "text": self._about()},
                "say": summary,
            },
        )  # fmt: skip

    def _about(self) -> str:
        digit = self.title == DrawnDigit.title
        what = f"{COUNT} test digits of {self.data}" if digit else (
            "the seven photographs, each with its net's first verdict"
        )  # fmt: skip
        return f"The share of {what} that keeps its class."
