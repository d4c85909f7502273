"""Tic-tac-toe and Connect Four: who first has so many in a row.

A state is immutable, and a position is two integers; see `labs.play.board.games.bits`.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from labs.play.board.games.bits import Board, row_of


class RowState(NamedTuple):
    """A position: each player's stones as bits, how many moves were made, and the last one."""

    first: int = 0
    second: int = 0
    ply: int = 0
    last: int | None = None

    @property
    def key(self) -> tuple[int, int]:
        """What is equal for two states that are played on alike."""
        return self[:2]


@dataclass(frozen=True)
class RowGame:
    """Put stones in turn; `length` of them in a row, a column or a diagonal win.

    drops: a stone falls to the lowest free point of its column, and a move names a column.
    """

    name: str
    title: str
    rows: int
    columns: int
    length: int
    drops: bool

    plane_names = ("own stones", "the other's", "first to move")

    @property
    def shape(self) -> tuple[int, int]:
        """The board's rows and columns; row 0 is at the top."""
        return self.rows, self.columns

    @property
    def moves(self) -> int:
        """How many moves there are, legal or not."""
        return self.columns if self.drops else self.rows * self.columns

    @property
    def longest(self) -> int:
        """The most moves that a game can have."""
        return self.rows * self.columns

    @cached_property
    def grid(self) -> Board:
        """The board's bits."""
        return Board(*self.shape)

    @cached_property
    def full(self) -> int:
        """The board with a stone on every point."""
        return self.grid.full

    @cached_property
    def _top(self) -> np.ndarray:  # the bit that a move needs free
        return 1 << self.grid.shifts.ravel()[: self.moves]

    def start(self) -> RowState:
        """Return the empty board."""
        return RowState()

    def player(self, state: RowState) -> int:
        """Return who moves: 0, the first player, or 1."""
        return state.ply & 1

    def legal(self, state: RowState) -> Tensor:
        """Return which moves may be made, bool (moves,); none once the game is over."""
        if self.result(state) is not None:
            return torch.zeros(self.moves, dtype=torch.bool)
        return torch.from_numpy(self._top & (state.first | state.second) == 0)

    def stone(self, taken: int, move: int) -> int:
        """Return the bit that a move sets on a board where `taken` is not free; 0: none is left."""
        if not self.drops:
            return int(self._top[move]) & ~taken
        bit = 1 << (self.rows - 1) * self.grid.stride + move
        while bit & taken:
            bit >>= self.grid.stride
        return bit

    def play(self, state: RowState, move: int) -> RowState:
        """Return the state after a move.  Raises ValueError for one that is not legal."""
        move = int(move)
        taken = state.first | state.second
        bit = self.stone(taken, move) if 0 <= move < self.moves else 0
        if not bit or self.result(state) is not None:
            raise ValueError(f"move {move} is not legal here")
        return self.advance(state, move)

    def advance(self, state: RowState, move: int) -> RowState:
        """Return the state after a move that is known to be legal."""
        bit = self.stone(state.first | state.second, move)
        if state.ply & 1:
            return RowState(state.first, state.second | bit, state.ply + 1, move)
        return RowState(state.first | bit, state.second, state.ply + 1, move)

    def result(self, state: RowState) -> int | None:
        """Return 1 if the first player has won, -1 if the second has, 0 drawn, None: it goes on."""
        last = state.first if state.ply & 1 else state.second  # only who moved can have won
        if row_of(last, self.length, self.grid.stride):
            return 1 if state.ply & 1 else -1
        return 0 if state.ply == self.longest else None

    def board(self, state: RowState) -> Tensor:
        """Return the board, int64 (rows, columns): 0 empty, 1 and 2 the players' stones."""
        return torch.from_numpy(self.grid.spread(state.first) + 2 * self.grid.spread(state.second))

    def planes(self, state: RowState) -> Tensor:
        """Return what a net sees: 0 or 1, float (3, rows, columns), by the player to move."""
        own, other = state[1::-1] if state.ply & 1 else state[:2]
        planes = np.empty((3, *self.shape), np.float32)
        planes[:2] = self.grid.spread(np.array((own, other)))
        planes[2] = 1 - (state.ply & 1)
        return torch.from_numpy(planes)

    def words(self, move: int) -> str:
        """Return a move's name: "column 4", or "b3" with rows counted from the bottom."""
        if self.drops:
            return f"column {move + 1}"
        row, column = divmod(move, self.columns)
        return f"{'abcdefgh'[column]}{self.rows - row}"

    def cell(self, move: int) -> tuple[int, int] | None:
        """Return the point that a move names; None where a stone drops (see `lands`)."""
        return None if self.drops else divmod(move, self.columns)

    def lands(self, state: RowState, move: int) -> tuple[int, int] | None:
        """Return the point where the stone of a move comes to rest; None for a full column."""
        bit = self.stone(state.first | state.second, move)
        if not bit:
            return None
        row, column = divmod(bit.bit_length() - 1, self.grid.stride)
        return row, column
