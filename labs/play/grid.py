"""A grid world: a few cells, four moves, and what every cell is worth, exactly.

Russell & Norvig, "Artificial Intelligence", chapter on complex decisions: a move succeeds, or slips
to one of both sides; a wall or the border leaves one where one was.  The value of a cell is
Bellman's: what living there costs, and, discounted, what the best move leads to.

    V(s) = r + gamma max_a sum_s' P(s' | s, a) V(s'),    V(goal) = 1,  V(pit) = -1
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import torch
from torch import Tensor

FREE, WALL, GOAL, PIT = ".", "#", "G", "P"
KINDS = FREE + WALL + GOAL + PIT
MOVES = ((-1, 0), (0, 1), (1, 0), (0, -1))  # up, right, down, left: rows and columns
NAMES = ("up", "right", "down", "left")
MOST = 12  # rows and columns
NONE = -1  # the greedy move of a cell without moves
TINY = 1e-12  # the largest change at which sweeps end
SWEEPS = 100_000


@dataclass(frozen=True)
class World:
    """Cells as rows of ".", "#" (wall), "G" (goal, worth 1) and "P" (pit, worth -1)."""

    rows: tuple[str, ...]
    slip: float = 0.2  # how probable it is that a move goes to one of both sides
    living: float = -0.04  # reward of a cell that is no end

    def __post_init__(self) -> None:
        """Raise ValueError in one sentence for what is no world."""
        sides = {len(row) for row in self.rows}
        if len(sides) != 1 or not 1 <= min(sides) <= MOST or not 1 <= len(self.rows) <= MOST:
            raise ValueError(
                f"A world has from 1 to {MOST} rows of one length, up to {MOST} cells."
            )
        if unknown := set("".join(self.rows)) - set(KINDS):
            raise ValueError(f"A cell is one of {' '.join(KINDS)}, not {min(unknown)!r}.")
        if not 0 <= self.slip <= 1:
            raise ValueError(f"The slip lies between 0 and 1, not {self.slip:g}.")

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return len(self.rows), len(self.rows[0])

    def kind(self, cell: int) -> str:
        """What a cell is, counted row by row."""
        return "".join(self.rows)[cell]

    def put(self, cell: int, kind: str) -> "World":
        """Return the world with another kind of cell in one place.  Raises ValueError."""
        flat = "".join(self.rows)
        flat = flat[:cell] + kind + flat[cell + 1 :]
        wide = self.shape[1]
        rows = tuple(flat[i : i + wide] for i in range(0, len(flat), wide))
        return World(rows, self.slip, self.living)


def world(text: str | Sequence[str], slip: float = 0.2, living: float = -0.04) -> World:
    """Return the world that a text draws, a line a row.  Raises ValueError in one sentence."""
    return World(tuple(text.split() if isinstance(text, str) else text), slip, living)


RUSSELL = world("...G .#.P ....")  # the book's, whose values are printed in it


@lru_cache(64)
def transitions(world: World) -> Tensor:
    """Return P(s' | s, a) as (moves, cells, cells), float64; rows of ends and walls are 0."""
    high, wide = world.shape
    found = torch.zeros(len(MOVES), high * wide, high * wide, dtype=torch.float64)
    for cell in range(high * wide):
        if world.kind(cell) != FREE:
            continue
        for a in range(len(MOVES)):
            for turn, share in ((0, 1 - world.slip), (1, world.slip / 2), (-1, world.slip / 2)):
                found[a, cell, reached(world, cell, (a + turn) % 4)] += share
    return found


def reached(world: World, cell: int, move: int) -> int:
    """Return where a move leads that does not slip."""
    high, wide = world.shape
    row, column = cell // wide + MOVES[move][0], cell % wide + MOVES[move][1]
    inside = 0 <= row < high and 0 <= column < wide
    after = row * wide + column
    return after if inside and world.kind(after) != WALL else cell


def ends(world: World) -> Tensor:
    """Return what cells are worth that are an end, 0 for all others: (cells,), float64."""
    worth = {GOAL: 1.0, PIT: -1.0}
    return torch.tensor([worth.get(k, 0.0) for k in "".join(world.rows)], dtype=torch.float64)


def free(world: World) -> Tensor:
    """Return which cells have moves: (cells,) bool."""
    return torch.tensor([kind == FREE for kind in "".join(world.rows)])


def move_values(world: World, values: Tensor, gamma: float) -> Tensor:
    """Return what each move is worth, Q(s, a), if cells are worth `values` (cells,): (cells, 4).

    An end's moves are all worth the end, a wall's 0.
    """
    led = world.living + gamma * (transitions(world) @ values).T
    return torch.where(free(world)[:, None], led, ends(world)[:, None])


def sweeps(world: World, gamma: float) -> Iterator[Tensor]:
    """Yield the cells' values (cells,) before the first sweep of value iteration and after each."""
    values = ends(world)
    while True:
        yield values
        values = move_values(world, values, gamma).amax(1)


def value_iteration(world: World, gamma: float) -> tuple[Tensor, Tensor]:
    """Return every cell's value and its greedy move, both (rows, columns).

    gamma: in [0, 1].  Values are float64, right to about 1e-12 / (1 - gamma); a goal is worth 1, a
    pit -1, a wall 0.  Moves are whole numbers into `MOVES`, `NONE` for ends and walls.  Raises
    ValueError for a gamma outside its range, or where values do not settle.
    """
    if not 0 <= gamma <= 1:
        raise ValueError(f"The discount gamma lies between 0 and 1, not {gamma:g}.")
    before = None
    for count, values in enumerate(sweeps(world, gamma)):
        if before is not None and (values - before).abs().max() < TINY:
            break
        if count > SWEEPS:
            raise ValueError("The values do not settle: without a discount every way must end.")
        before = values
    moves = move_values(world, values, gamma).argmax(1)
    moves = torch.where(free(world), moves, NONE)
    return values.reshape(world.shape), moves.reshape(world.shape)


class QLearner:
    """Q-learning (Watkins 1989): a table that learns from single moves, and knows no P."""

    def __init__(self, world: World, generator: torch.Generator) -> None:
        self.world, self.random = world, generator
        self.table = move_values(world, ends(world), 0.0) * (~free(world))[:, None]  # (cells, 4)
        self.visits = torch.zeros(len(self.table), 4)
        self.cell = self.begin()
        self.last: tuple[int, int, float, float, float] | None = None

    def begin(self) -> int:
        """Return a free cell at random; 0 where there is none."""
        open_cells = free(self.world).nonzero()[:, 0]
        if not len(open_cells):
            return 0
        return int(open_cells[torch.randint(len(open_cells), (1,), generator=self.random)])

    def move(self, alpha: float, epsilon: float, gamma: float) -> None:
        """Take one move, and correct its value by a share alpha of the error.

        epsilon: how often it moves at random.
        """
        world, cell = self.world, self.cell
        if not bool(free(world)[cell]):
            self.cell = self.begin()
            return
        dice = torch.rand(3, generator=self.random).tolist()
        action = int(4 * dice[1]) if dice[0] < epsilon else int(self.table[cell].argmax())
        turn = 0 if dice[2] >= world.slip else 1 if dice[2] < world.slip / 2 else -1
        after = reached(world, cell, (action + turn) % 4)
        before = float(self.table[cell, action])
        target = world.living + gamma * float(self.table[after].max())
        self.table[cell, action] = before + alpha * (target - before)
        self.visits[cell, action] += 1
        self.last = cell, action, before, target, float(self.table[cell, action])
        self.cell = after
