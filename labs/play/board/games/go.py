"""Go on a small board, by the Tromp-Taylor rules, with suicide forbidden.

A move puts a stone and takes the other's groups that it leaves without a liberty.  It may not leave
its own group without one, and it may not make a position of the whole board again that has been
(positional superko).  Two passes in a row end the game, and so does move number `longest`.  Then a
player has the stones on the board and the empty regions that touch no stone of the other (area
scoring); White, who moves second, gets `komi` points more.

Tromp & Taylor, https://tromp.github.io/go.html
"""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from labs.play.board.games.bits import Board
from labs.play.board.games.stones import after, areas, last_liberty, with_liberty


class GoState(NamedTuple):
    """A position and how it came about."""

    first: int = 0  # Black's stones, as bits
    second: int = 0  # White's
    ply: int = 0  # moves made, passes too
    passes: int = 0  # how many of the last moves were passes: 0, 1 or 2
    past: tuple[tuple[int, int], ...] = ((0, 0),)  # every position that was on the board
    taken: bool = False  # some stone has been taken: only then can a position come again
    last: int | None = None  # the last move

    @property
    def key(self) -> tuple:
        """What is equal for two states that are played on alike."""
        return (*self[:4], frozenset(self.past) if self.taken else None)


@dataclass(frozen=True)
class Go:
    """Go on a square board.  Move `row * rows + column` puts a stone there, the last one passes."""

    name: str
    title: str
    rows: int
    komi: float

    drops = False
    plane_names = (
        "own stones",
        "the other's",
        "own, 1 liberty",
        "other's, 1 liberty",
        "Black to move",
        "the other has passed",
    )

    @property
    def columns(self) -> int:
        """The board is a square."""
        return self.rows

    @property
    def shape(self) -> tuple[int, int]:
        """The board's rows and columns; row 0 is at the top."""
        return self.rows, self.rows

    @property
    def moves(self) -> int:
        """How many moves there are, legal or not."""
        return self.rows**2 + 1

    @property
    def longest(self) -> int:
        """The game ends after so many moves, passes counted."""
        return 2 * self.rows**2

    @cached_property
    def grid(self) -> Board:
        """The board's bits."""
        return Board(self.rows, self.rows)

    @cached_property
    def full(self) -> int:
        """The board with a stone on every point."""
        return self.grid.full

    @cached_property
    def points(self) -> np.ndarray:
        """Each move's bit, int64 (moves,); a pass sets none."""
        return np.append(1 << self.grid.shifts.ravel(), 0)

    def start(self) -> GoState:
        """Return the empty board, Black to move."""
        return GoState()

    def player(self, state: GoState) -> int:
        """Return who moves: 0, Black, or 1, White."""
        return state.ply & 1

    def sides(self, state: GoState) -> tuple[int, int]:
        """Return the stones of who moves, and the other's."""
        return (state.second, state.first) if state.ply & 1 else (state.first, state.second)

    def legal(self, state: GoState) -> Tensor:
        """Return which moves may be made, bool (moves,); none once the game is over."""
        if self.over(state):
            return torch.zeros(self.moves, dtype=torch.bool)
        own, other = self.sides(state)
        free = self.full & ~(own | other)
        short = last_liberty(self.grid, own, free), last_liberty(self.grid, other, free)
        points = with_liberty(self.grid, own, other, *short)
        if state.taken:
            points &= ~self.repeats(state, points)
        may = (self.points & points) != 0
        may[-1] = True
        return torch.from_numpy(may)

    def repeats(self, state: GoState, points: int) -> int:
        """Return those of some points where a stone would make an earlier position again."""
        own, other = self.sides(state)
        found = 0
        while points:
            stone = points & -points
            pair = after(self.grid, own, other, stone)
            if (pair[::-1] if state.ply & 1 else pair) in state.past:
                found |= stone
            points ^= stone
        return found

    def play(self, state: GoState, move: int) -> GoState:
        """Return the state after a move.  Raises ValueError for one that is not legal."""
        move = int(move)
        if not (0 <= move < self.moves and self.legal(state)[move]):
            raise ValueError(f"move {move} is not legal here")
        return self.advance(state, move)

    def advance(self, state: GoState, move: int) -> GoState:
        """Return the state after a move that is known to be legal."""
        first, second, ply, passes, past, taken, _ = state
        if move == self.moves - 1:
            return GoState(first, second, ply + 1, passes + 1, past, taken, move)
        own, other = self.sides(state)
        pair = after(self.grid, own, other, int(self.points[move]))
        taken = taken or pair[1] != other
        first, second = pair[::-1] if ply & 1 else pair
        return GoState(first, second, ply + 1, 0, (*past, (first, second)), taken, move)

    def over(self, state: GoState) -> bool:
        """Return whether two passes or the longest game have ended it."""
        return state.passes >= 2 or state.ply >= self.longest

    def score(self, state: GoState) -> float:
        """Return Black's points less White's, komi counted, as if the game ended now."""
        black, white = areas(self.grid, state.first, state.second)
        return black.bit_count() - white.bit_count() - self.komi

    def result(self, state: GoState) -> int | None:
        """Return 1 if Black has won, -1 if White has, 0 for a draw, None: the game goes on."""
        if not self.over(state):
            return None
        score = self.score(state)
        return (score > 0) - (score < 0)

    def board(self, state: GoState) -> Tensor:
        """Return the board, int64 (rows, columns): 0 empty, 1 Black, 2 White."""
        return torch.from_numpy(self.grid.spread(state.first) + 2 * self.grid.spread(state.second))

    def planes(self, state: GoState) -> Tensor:
        """Return what a net sees: 0 or 1, float (6, rows, columns), by the player to move."""
        own, other = self.sides(state)
        free = self.full & ~(own | other)
        short = last_liberty(self.grid, own, free), last_liberty(self.grid, other, free)
        planes = np.empty((6, *self.shape), np.float32)
        planes[:4] = self.grid.spread(np.array([own, other, *short]))
        planes[4], planes[5] = 1 - (state.ply & 1), state.passes
        return torch.from_numpy(planes)

    def words(self, move: int) -> str:
        """Return a move's name: "c3", columns from the left, rows from the bottom; or "pass"."""
        if move == self.moves - 1:
            return "pass"
        row, column = divmod(move, self.columns)
        return f"{'abcdefgh'[column]}{self.rows - row}"

    def cell(self, move: int) -> tuple[int, int] | None:
        """Return the point that a move names; None for a pass."""
        return None if move == self.moves - 1 else divmod(move, self.columns)

    def lands(self, state: GoState, move: int) -> tuple[int, int] | None:
        """Return the point where a move's stone stands; None for a pass."""
        return self.cell(move)
