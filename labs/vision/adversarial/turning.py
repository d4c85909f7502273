"""What each digit needs to become each other: a table of the smallest budgets, by bisection."""

from collections.abc import Mapping

import torch
from torch import Tensor

from labs.images import quantise
from labs.live import Frame
from labs.live.checks import cards, option, shown, whole
from labs.vision.adversarial import pair
from labs.vision.adversarial.memory import Memory
from labs.vision.adversarial.nets import DIGIT_NETS, here, network
from labs.vision.adversarial.pair import Pair
from labs.vision.adversarial.pgd import pgd
from labs.vision.adversarial.record import fooled
from labs.vision.adversarial.subjects import sample_digits

LIMIT = 128  # of 255: a budget that turns any picture into grey
ROUNDS = 7  # 128 / 2 ** 7 = 1 level
STEPS = 10  # of PGD
FIRST = (3, 8)  # the pair beside the table until another one is clicked


class Turning:
    """The ten sample digits, each steered towards each class; one step halves one row's gaps."""

    slow = True

    def __init__(self) -> None:
        self.settings: dict[str, str] = {"net": "lenet-mnist"}
        self.visible = False
        self.at = FIRST  # row and column of the pair beside the table
        self._wished = False  # whether that pair was clicked and has not been handed on
        self._memory = Memory()
        self._begin()

    def _begin(self) -> None:
        self.count = 0
        self.low = torch.zeros(10, 10)
        self.high = torch.full((10, 10), float(LIMIT))  # in 1/255
        self.reached = torch.zeros(10, 10, dtype=torch.bool)  # by some budget tried so far
        x = sample_digits()
        with torch.no_grad():
            self.said = network(self.settings["net"])(x).argmax(1)

    @property
    def steps(self) -> int:
        """Rows halved so far."""
        return self.count

    @property
    def eager(self) -> bool:
        """Whether the table is in sight and has not been begun."""
        return self.visible and self.count == 0

    def receive(self, event: Mapping) -> None:
        """Take in a setting or the click of a cell.  Raises ValueError in one sentence."""
        if event.get("kind") == "click":
            row, col = (whole(event.get(k), 0, 9, f"A cell's {k}") for k in ("row", "col"))
            self.at, self._wished = (row, col), True
            return
        name, value = event.get("setting"), event.get("value")
        if name == "visible":
            self.visible = "turning" in (cards(value) or ())
        elif name == "net":
            if value != self.settings["net"]:
                self.settings["net"] = option(value, here(DIGIT_NETS), "net")
                self._begin()
        elif name == "again":
            self._begin()
        else:
            raise ValueError(f"The table has no setting {shown(name)}.")

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
        model, targets = network(self.settings["net"]), torch.arange(10)
        x = sample_digits()[row : row + 1].repeat(10, 1, 1, 1)
        image = pgd(model, x, targets, eps=eps / 255, steps=STEPS, targeted=True)
        with torch.no_grad():
            return fooled(self.said[row], model(quantise(image)).argmax(1), targets)

    def table(self) -> Tensor:
        """Return (10, 10): the smallest budget in 1/255, from row to column; 0 for what it is."""
        needed = torch.where(self.reached | (self.count < 10), self.high, torch.nan)
        return needed.scatter(1, self.said[:, None], 0.0)

    def pair(self) -> Pair:
        """Return the pair beside the table, with the smallest budget known."""
        row, col = self.at
        eps = 0.0 if self.said[row] == col else self.high[row, col].item()
        return Pair(row, col, eps, STEPS, self.settings["net"])

    def wish(self) -> Pair | None:
        """Return the pair that was clicked, once."""
        wished, self._wished = self._wished, False
        return self.pair() if wished else None

    def frame(self) -> Frame:
        """Return the table as it is now, and one pair of it."""
        table = self.table()
        rounds = min(self.count // 10, ROUNDS)
        known = table[(table > 0) & (self.count >= 10)]
        told = f"bisection, round {rounds} of {ROUNDS}"
        if len(known):
            told += f"; the median is {known.median():.0f}/255"
        row, col = self.at
        frame = Frame(
            values={"turning": table},
            notes={
                "settings": self.settings,
                "titles": {"turning": told},
                "chosen": {"turning": 10 * row + col},
                "apart": ["pair.clean", "pair.added", "pair.attacked"],
                "say": told,
            },
        )
        now = self.pair()
        image = self._memory.keep("image", (now,), now.attack)
        pair.show(now, image, frame, reached=bool(self.reached[row, col]) or self.count < 10)
        return frame
