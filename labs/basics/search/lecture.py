"""The lecture's ten settings, trained again: its losses and ours beside each other."""

import math

import torch
from scipy.stats import spearmanr

from labs.basics.search import space, view
from labs.basics.search.objectives import OBJECTIVES, Run
from labs.live import Frame
from labs.live.checks import whole
from labs.live.controls import Button, Knob, Value
from labs.live.experiment import Event
from labs.live.lab import Lab
from labs.numerals import minus, number, written

# Exponents of learning rate, L2 penalty and hidden units, and the loss on the slide.
SLIDE = (
    (-1.6, -2.4, 1.7, 0.0577), (-1.0, -1.2, 2.6, 0.182), (-1.2, -5.7, 1.4, 0.0436),
    (-2.4, -2.0, 2.9, 0.0919), (-2.6, -2.9, 1.9, 0.0575), (-2.7, -2.5, 2.4, 0.0765),
    (-1.8, -1.4, 2.6, 0.1196), (-1.4, -2.1, 1.5, 0.0834), (-1.9, -5.8, 2.1, 0.0242),
    (-1.8, -5.6, 1.7, 0.029),
)  # fmt: skip
AXES = OBJECTIVES["digits"].axes
GUESS = OBJECTIVES["digits"].guess
LOWEST = 0.02  # the lower end of the colours

EPOCHS = Knob("epochs", "epochs of each", 1, 81, 27, whole=True)
SEED = Knob("seed", "seed", 1, 99, 1, whole=True)
AGAIN = Button("again", "Begin again")


def settings(row: tuple[float, ...]) -> space.Values:
    """Return the settings of a row of the slide."""
    return {"learning_rate": 10 ** row[0], "l2": 10 ** row[1], "hidden": round(10 ** row[2])}


class Ten(Lab):
    """Ten trainings by the slide's settings, one after the other."""

    name = "search.ten"
    controls = (EPOCHS, SEED, AGAIN)
    links = ("picked",)
    on = {("slide", "click"): "pick", ("runs", "click"): "pick", ("parallel", "click"): "pick"}

    def __init__(self) -> None:
        super().__init__()
        self.again()

    def again(self) -> None:
        """Begin with none trained."""
        self.losses: list[list[float]] = [[] for _ in SLIDE]
        self.picked: int | None = None
        self._run: Run | None = None

    def step(self) -> bool:
        """Train one epoch of the first that is not through; False when all are."""
        for k, losses in enumerate(self.losses):
            if len(losses) >= self.settings["epochs"] or (losses and not math.isfinite(losses[-1])):
                continue
            if not losses or self._run is None:
                self._run = OBJECTIVES["digits"].begin(
                    settings(SLIDE[k]), int(self.settings["seed"])
                )
                self.losses[k] = losses = []
            losses.append(self._run.epoch())
            return True
        return False

    def changed(self, name: str, before: Value) -> None:
        """Begin again where a setting asks for it."""
        if self.settings[name] != before:
            self.again()

    def pick(self, event: Event) -> None:
        """Look at one of the ten."""
        self.picked = whole(event.get("unit"), 0, len(SLIDE) - 1, "A training")

    def to_link(self) -> dict[str, str]:
        """Return which of the ten is looked at."""
        return {"picked": "" if self.picked is None else str(self.picked)}

    def from_link(self, name: str, text: str) -> None:
        """Look at the training of a link."""
        if not (text.isdigit() and text.isascii() and len(text) == 1):
            raise ValueError("The link names none of the ten trainings.")
        self.picked = int(text)

    def ours(self) -> list[float]:
        """Return the loss after the last epoch of each, NaN where it is not through."""
        most = self.settings["epochs"]
        return [v[-1] if len(v) >= most else math.nan for v in self.losses]

    def agreement(self) -> float:
        """Return Spearman's rank correlation of both columns, NaN before all are through."""
        ours = self.ours()
        if not all(map(math.isfinite, ours)):
            return math.nan
        return float(spearmanr([row[3] for row in SLIDE], ours).statistic)

    def show(self) -> Frame:
        """Return both columns, the learning curves, and the ten as lines across all settings."""
        f, ours = Frame(), self.ours()
        ranks = _ranks(ours), _ranks([row[3] for row in SLIDE])
        rows = []
        for k, row in enumerate(SLIDE):
            known = settings(row)
            rows.append([
                str(k + 1), *(minus(view.figure(known[axis.name])) for axis in AXES),
                written(row[3], ".4f"), str(ranks[1][k]),
                number(ours[k]) if math.isfinite(ours[k]) else "—", str(ranks[0][k] or "—"),
            ])  # fmt: skip
        rho = self.agreement()
        f.notes["slide"] = {
            "head": ["", *(a.label for a in AXES), "lecture's loss", "rank", "ours", "rank"],
            "rows": rows, "on": -1 if self.picked is None else self.picked,
            "sum": f"Spearman's rank correlation of both columns: {written(rho, '.2f')}."
            if math.isfinite(rho) else "Both columns are compared when all ten are through.",
        }  # fmt: skip
        most = int(self.settings["epochs"])
        lines = torch.full((len(SLIDE) + 1, most), torch.nan)
        lines[0] = torch.arange(1, most + 1)
        for k, losses in enumerate(self.losses, 1):
            lines[k, : len(losses)] = torch.tensor(losses).clamp_max(10 * GUESS)
        f.values["runs"] = lines
        f.notes["runs"] = {"ink": 1, "rungs": [], "first": 0, "cut": [False] * len(SLIDE),
                           "picked": self.picked}  # fmt: skip
        colors = torch.tensor([self._height(losses) for losses in self.losses])
        units = torch.tensor([space.places(AXES, settings(row)) for row in SLIDE])
        f.values["parallel"] = torch.cat([units, colors[:, None]], 1).T.contiguous()
        ends = [(0, number(LOWEST)), (1, number(GUESS))]
        f.notes["parallel"] = {
            "axes": [*map(view.marks, AXES), {"title": "loss so far (log)", "ticks": ends}],
            "first": 0, "picked": self.picked,
        }  # fmt: skip
        through = sum(map(math.isfinite, ours))
        f.notes["titles"] = {"runs": f"{through} of {len(SLIDE)} through"}
        f.notes["say"] = f.notes["slide"]["sum"]
        return f

    def _height(self, losses: list[float]) -> float:
        if not losses or not math.isfinite(losses[-1]):
            return 1.0
        span = math.log(GUESS / LOWEST)
        return min(1.0, max(0.0, math.log(losses[-1] / LOWEST) / span))


def _ranks(values: list[float]) -> list[int]:
    """Return the rank of each, 1 for the lowest; 0 for NaN."""
    order = sorted(v for v in values if math.isfinite(v))
    return [order.index(v) + 1 if math.isfinite(v) else 0 for v in values]
