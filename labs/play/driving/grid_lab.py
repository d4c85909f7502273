"""A grid world under the hand: value iteration beside Q-learning, every number in its cell."""

import torch
from torch import Tensor

from labs.live import Frame
from labs.live.checks import whole
from labs.live.controls import Button, Choice, Knob, Select, Value
from labs.live.experiment import Event
from labs.live.lab import Lab
from labs.numerals import counted, written
from labs.play import grid
from labs.play.driving import scripts
from labs.play.driving.grid_challenges import CHALLENGES, Seen
from labs.training.course import Course
from labs.training.experiment import begun_anew

WORLDS = {
    "russell": grid.RUSSELL.rows,
    "cliff": ("......", "......", "......", ".PPPPG"),
    "rooms": ("..#..", "..#..", ".....", "..#.P", "..#.G"),
}
BLOCK = 3  # rows and columns of a cell's block: a move at each side, the cell in the middle
AT = ((0, 1), (1, 2), (2, 1), (1, 0))  # of the moves in it: up, right, down, left
KIND = {"wall": grid.WALL, "goal": grid.GOAL, "pit": grid.PIT, "free": grid.FREE}
NAMES = grid.NAMES  # of the moves

WORLD = Select("world", "world", (("russell", "4×3 of Russell and Norvig"), ("cliff", "cliff"),
               ("rooms", "two rooms"), ("yours", "your own")), "russell", shown=True)  # fmt: skip
BRUSH = Choice("brush", "a click makes a cell", tuple((k, k) for k in KIND), "wall", shown=True)
SLIP = Knob("slip", "slip", 0, 1, 0.2, step=0.05, digits=2)
LIVING = Knob("living", "reward of a move", -2, 0.5, -0.04, step=0.01, digits=2)
GAMMA = Knob("gamma", "discount γ", 0, 0.99, 0.9, step=0.01, digits=2)
ALPHA = Knob("alpha", "Q-learning's α", 0.01, 1, 0.2, step=0.01, digits=2)
EPSILON = Knob("epsilon", "exploration ε", 0, 1, 0.3, step=0.01, digits=2)
MOVES = Knob("moves", "moves a step", 1, 200, 20, whole=True)
AGAIN = Button("again", "begin again")
MAIN = (WORLD, BRUSH, SLIP, LIVING, GAMMA, AGAIN)
LEARN = (ALPHA, EPSILON, MOVES)


class Grid(Lab):
    """Both ways to the same numbers: by knowing the world, and by walking in it."""

    name = "driving.grid"
    controls = (*MAIN, *LEARN)
    challenges = CHALLENGES
    links = ("cells",)
    on = {("swept", "click"): "put", ("learned", "click"): "put"}

    def __init__(self) -> None:
        super().__init__()
        self.rows = WORLDS["russell"]
        self.world = grid.RUSSELL
        self.again()

    @property
    def steps(self) -> int:
        """Sweeps since it began."""
        return self.count

    @property
    def gamma(self) -> float:
        """The discount now."""
        return float(self.settings["gamma"])

    def again(self) -> None:
        """Forget all values."""
        s = self.settings
        self.world = grid.World(self.rows, float(s["slip"]), float(s["living"]))
        self.best, self.greedy = grid.value_iteration(self.world, self.gamma)
        self.values = grid.ends(self.world)
        self.learner = grid.QLearner(self.world, torch.Generator().manual_seed(1))
        self.count, self.walked, self.course = 0, 0, Course(400)
        self._measure()

    def put(self, event: Event) -> None:
        """Make the clicked cell what the brush says."""
        high, wide = self.world.shape
        row = whole(event.get("row"), 0, BLOCK * high - 1, "A row")
        column = whole(event.get("col"), 0, BLOCK * wide - 1, "A column")
        cell = row // BLOCK * wide + column // BLOCK
        self.rows = self.world.put(cell, KIND[str(self.settings["brush"])]).rows
        self.settings["world"] = "yours"
        self.again()

    def changed(self, name: str, before: Value) -> None:
        """Follow a setting: another world begins again, alpha and epsilon act at once."""
        s = self.settings
        if s[name] == before:
            return
        if name == "world":
            self.rows = WORLDS.get(str(s["world"]), self.rows)
        if name in ("world", "slip", "living", "gamma"):
            self.again()

    def step(self) -> bool:
        """Sweep once over all cells, and let Q-learning walk."""
        self.count += 1
        self.values = grid.move_values(self.world, self.values, self.gamma).amax(1)
        s = self.settings
        for _ in range(int(s["moves"])):
            self.learner.move(float(s["alpha"]), float(s["epsilon"]), self.gamma)
        self.walked += int(s["moves"])
        self._measure()
        return True

    def _measure(self) -> None:
        """Note how far both are from what is right."""
        exact = grid.move_values(self.world, self.best.flatten(), self.gamma)
        swept = grid.move_values(self.world, self.values, self.gamma)
        away = [(q - exact).abs().max().item() for q in (swept, self.learner.table)]
        self.away = away
        self.course.note((self.count, *(max(a, 1e-12) for a in away)))

    def show(self) -> Frame:
        """Return both tables in their cells, and how far they are from what is right."""
        frame, world = Frame(), self.world
        swept = grid.move_values(world, self.values, self.gamma)
        table = self.learner.table
        frame.values["swept"] = blocks(world, swept)
        frame.values["learned"] = blocks(world, table)
        high, wide = world.shape
        boxes = [[BLOCK * r, BLOCK * c, BLOCK * (r + 1), BLOCK * (c + 1)]
                 for r in range(high) for c in range(wide)]  # fmt: skip
        frame.notes["boxes"] = {"swept": boxes, "learned": boxes}
        row, column = divmod(self.learner.cell, wide)
        here = (BLOCK * row + 1) * BLOCK * wide + BLOCK * column + 1
        frame.notes["chosen"] = {"swept": None, "learned": here}
        frame.values["away"] = self.course.table()
        agree = int((grid.free(world) & (table.argmax(1) == self.greedy.flatten())).sum())
        cells = int(grid.free(world).sum())
        frame.notes["titles"] = {
            "swept": f"after {counted(self.count, 'sweep')}: at most "
                     f"{written(self.away[0], '.1e')} from the exact values",
            "learned": f"after {counted(self.walked, 'move')}: at most "
                       f"{written(self.away[1], '.2f')} away; {agree} of {cells} moves right",
        }  # fmt: skip
        frame.notes["words"] = {"error": [self._said()]}
        frame.notes["say"] = frame.notes["titles"]["learned"]
        return frame

    def _said(self) -> dict[str, str]:
        """Return the last correction of Q-learning in numbers."""
        last = self.learner.last
        if last is None:
            return {"title": "The last move", "text": "Press step: it walks, and corrects one "
                    "number a move."}  # fmt: skip
        cell, action, before, target, after = last
        row, column = divmod(cell, self.world.shape[1])
        before, target, after = (written(v, ".3f") for v in (before, target, after))
        return {
            "title": f"The last move: {grid.NAMES[action]} from row {row + 1}, column {column + 1}",
            "text": f"It was worth {before}. Reward and the best move after it say {target}. "
                    f"With α = {float(self.settings['alpha']):.2f} it is now worth {after}.",
        }  # fmt: skip

    def evidence(self) -> tuple[Seen]:
        """Return what the challenges look at."""
        s = self.settings
        return (Seen(self.world, float(s["gamma"]), self.values, self.away, self.greedy,
                     self.learner.table.argmax(1), self.walked),)  # fmt: skip

    def usual(self, name: str) -> Value | None:
        """Return what an address need not say: where it holds the cells, that they are its own."""
        own = name == "world" and self.settings.get("world") == "yours"
        return "yours" if own else super().usual(name)

    def to_link(self) -> dict[str, str]:
        """Return the cells of a world of one's own."""
        return {"cells": "_".join(self.rows) if self.settings["world"] == "yours" else ""}

    def from_link(self, name: str, text: str) -> None:
        """Take the cells of an address."""
        try:
            self.rows = grid.world(text[:200].split("_")).rows
        except ValueError:
            raise ValueError("The link's world is damaged, so the usual one is used.") from None
        self.settings["world"] = "yours"
        self.again()

    def script(self) -> str:
        """Return a script with the same sweeps and the same walk."""
        return scripts.cells(self.settings, self.rows, self.count, self.walked)

    def left_out(self) -> str:
        """Say that a link begins with no values."""
        return begun_anew(self.count, "step", "learning")


def blocks(world: grid.World, table: Tensor) -> Tensor:
    """Return the values of moves (cells, 4) as a matrix (3 rows, 3 columns): each cell a block with
    a move at each side and the best of them in the middle; NaN where there is nothing.
    """
    high, wide = world.shape
    found = torch.full((BLOCK * high, BLOCK * wide), torch.nan)
    for cell, row in enumerate(table.tolist()):
        top, left = BLOCK * (cell // wide), BLOCK * (cell % wide)
        kind = world.kind(cell)
        if kind == grid.WALL:
            continue
        found[top + 1, left + 1] = max(row)
        if kind == grid.FREE:
            for (i, j), value in zip(AT, row, strict=True):
                found[top + i, left + j] = value
    return found
