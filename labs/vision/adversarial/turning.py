"""What each digit needs to become each other: a table of the smallest budgets, by bisection."""

import torch
from torch import Tensor

from labs.images import quantise
from labs.live import Frame
from labs.live.checks import numbers, whole
from labs.live.controls import Value
from labs.live.experiment import Event
from labs.live.lab import Lab
from labs.vision.adversarial import pair
from labs.vision.adversarial.controls import TABLE
from labs.vision.adversarial.nets import network
from labs.vision.adversarial.pair import Pair
from labs.vision.adversarial.pgd import pgd
from labs.vision.adversarial.record import fooled
from labs.vision.adversarial.subjects import sample_digits

LIMIT = 128  # of 255: a budget that turns any picture into grey
ROUNDS = 7  # 128 / 2 ** 7 = 1 level
STEPS = 10  # of PGD
FIRST = (3, 8)  # the pair beside the table until another one is clicked


class Turning(Lab):
    """The ten sample digits, each steered towards each class; one step halves one row's gaps."""

    name = "turning"
    controls = TABLE
    links = ("at",)
    on = {("turning", "click"): "choose"}
    slow = True

    def __init__(self) -> None:
        super().__init__()
        self.at = FIRST  # row and column of the pair beside the table
        self._clicked = False  # whether that pair was clicked and has not been handed on
        self.again()

    def again(self) -> None:
        """Begin the search anew."""
        self.count = 0
        self.low = torch.zeros(10, 10)
        self.high = torch.full((10, 10), float(LIMIT))  # in 1/255
        self.reached = torch.zeros(10, 10, dtype=torch.bool)  # by some budget tried so far
        with torch.no_grad():
            self.classes = network(str(self.settings["net"]))(sample_digits()).argmax(1)  # clean

    @property
    def steps(self) -> int:
        """Rows halved so far."""
        return self.count

    @property
    def eager(self) -> bool:
        """Whether the table is in sight and has not been begun."""
        return "turning" in (self.visible_cards or ()) and self.count == 0

    def changed(self, name: str, before: Value) -> None:
        """Begin anew with another net."""
        if self.settings[name] != before:
            self.again()

    def choose(self, event: Event) -> None:
        """Show the pair of the cell that was clicked, and hand it on once."""
        row, col = (whole(event.get(k), 0, 9, f"A cell's {k}") for k in ("row", "col"))
        self.at, self._clicked = (row, col), True

    def to_link(self) -> dict[str, str]:
        """Return which pair stands beside the table, unless it is the first."""
        return {"at": "" if self.at == FIRST else "{},{}".format(*self.at)}

    def from_link(self, name: str, text: str) -> None:
        """Put a pair beside the table."""
        row, col = numbers(text, 2, 0, 9)
        self.at = int(row), int(col)

    def step(self) -> bool:
        """Try the middle of the gap for one digit and its ten targets; False when all is done."""
        if self.count >= 10 * (ROUNDS + 1):
            return False
        row, first = self.count % 10, self.count < 10  # first of all: does the limit do?
        middle = self.high[row] if first else (self.low[row] + self.high[row]) / 2
        won = self._turns(row, middle)
        self.reached[row] |= won  # the largest budget is not always the most successful
        if not first:
            self.high[row] = torch.where(won, middle, self.high[row])
            self.low[row] = torch.where(won, self.low[row], middle)
        self.count += 1
        return self.count < 10 * (ROUNDS + 1)

    def _turns(self, row: int, eps: Tensor) -> Tensor:
        """Whether PGD turns a digit into each class with eps: (10,), in 1/255."""
        model, targets = network(str(self.settings["net"])), torch.arange(10)
        x = sample_digits()[row : row + 1].repeat(10, 1, 1, 1)
        image = pgd(model, x, targets, eps=eps / 255, steps=STEPS, targeted=True)
        with torch.no_grad():
            return fooled(self.classes[row], model(quantise(image)).argmax(1), targets)

    def table(self) -> Tensor:
        """Return (10, 10): the smallest budget in 1/255, from row to column; 0 for what it is."""
        needed = torch.where(self.reached | (self.count < 10), self.high, torch.nan)
        return needed.scatter(1, self.classes[:, None], 0.0)

    def pair(self) -> Pair:
        """Return the pair beside the table, with the smallest budget known."""
        row, col = self.at
        eps = 0.0 if self.classes[row] == col else self.high[row, col].item()
        return Pair(row, col, eps, STEPS, str(self.settings["net"]))

    def clicked_pair(self) -> Pair | None:
        """Return the pair that was clicked, once."""
        clicked, self._clicked = self._clicked, False
        return self.pair() if clicked else None

    def show(self) -> Frame:
        """Return the table as it is now, and one pair of it."""
        table = self.table()
        known = table[(table > 0) & (self.count >= 10)]
        summary = f"bisection, round {min(self.count // 10, ROUNDS)} of {ROUNDS}"
        if len(known):
            summary += f"; the median is {known.median():.0f}/255"
        row, col = self.at
        frame = Frame(
            values={"turning": table},
            notes={
                "titles": {"turning": summary},
                "chosen": {"turning": 10 * row + col},
                "apart": ["pair.clean", "pair.added", "pair.attacked"],
                "say": summary,
            },
        )
        reached = bool(self.reached[row, col]) or self.count < 10
        pair.show(frame, self.pair(), reached=reached)
        return frame
