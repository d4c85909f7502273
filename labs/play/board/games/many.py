"""The same rules for many games at once, for self-play and for random games.

States are int64 (B, 5): the first player's bits, the second's, moves made, passes in a row, and
whether a stone has been taken.  Each function is the one of the single game, over B of them.
"""

import numpy as np

from labs.play.board.games.bits import beside, flood, row_of
from labs.play.board.games.go import Go
from labs.play.board.games.rows import RowGame
from labs.play.board.games.stones import after as after_stone
from labs.play.board.games.stones import areas, with_liberty

FIRST, SECOND, PLY, PASSES, TAKEN = range(5)


class ManyRows:
    """Many games of tic-tac-toe or Connect Four."""

    superko = False

    def __init__(self, game: RowGame) -> None:
        self.game, self.moves, self.longest = game, game.moves, game.longest
        shifts = game.grid.shifts
        self.columns = (1 << shifts).sum(0)  # (columns,)
        self.tops = 1 << shifts.ravel()[: self.moves]
        self.bottoms = 1 << shifts[-1]

    def start(self, games: int) -> np.ndarray:
        """Return so many empty boards, int64 (games, 5)."""
        return np.zeros((games, 5), np.int64)

    def legal(self, states: np.ndarray, past: np.ndarray | None = None) -> np.ndarray:
        """Return which moves may be made in games that are not over, bool (B, moves)."""
        return (states[:, FIRST] | states[:, SECOND])[:, None] & self.tops == 0

    def advance(self, states: np.ndarray, moves: np.ndarray) -> np.ndarray:
        """Return the states after a legal move in each, moves int64 (B,)."""
        after = states.copy()
        if self.game.drops:  # the lowest free point: fill the column from below
            taken = (states[:, FIRST] | states[:, SECOND]) & self.columns[moves]
            lowest = self.bottoms[moves]
            stone = np.where(taken == 0, lowest, (taken & -taken) >> self.game.grid.stride)
        else:
            stone = self.tops[moves]
        rows = np.arange(len(states))
        after[rows, states[:, PLY] & 1] |= stone
        after[:, PLY] += 1
        return after

    def result(self, states: np.ndarray) -> np.ndarray:
        """Return 1, 0 or -1 for the first player, nan while a game goes on, float32 (B,)."""
        odd = states[:, PLY] & 1
        last = np.where(odd, states[:, FIRST], states[:, SECOND])
        won = row_of(last, self.game.length, self.game.grid.stride) != 0
        ended = np.where(states[:, PLY] == self.longest, np.float32(0), np.float32(np.nan))
        return np.where(won, np.where(odd, np.float32(1), np.float32(-1)), ended)

    def planes(self, states: np.ndarray) -> np.ndarray:
        """Return what a net sees, float32 (B, 3, rows, columns)."""
        own, other, odd = sides(states)
        planes = np.empty((len(states), 3, *self.game.shape), np.float32)
        planes[:, 0], planes[:, 1] = self.game.grid.spread(own), self.game.grid.spread(other)
        planes[:, 2] = (1 - odd)[:, None, None]
        return planes


class ManyGo:
    """Many games of Go."""

    superko = True

    def __init__(self, game: Go) -> None:
        self.game, self.moves, self.longest = game, game.moves, game.longest

    def start(self, games: int) -> np.ndarray:
        """Return so many empty boards, int64 (games, 5)."""
        return np.zeros((games, 5), np.int64)

    def last_liberty(self, stones: np.ndarray, free: np.ndarray) -> np.ndarray:
        """Return the stones of all groups that have one liberty, (B,) from (B,).

        A group has only one if there is a point without which it has none.
        """
        stride = self.game.grid.stride
        points = self.game.points[:-1]
        without = free[:, None] & ~points  # (B, points)
        held = np.broadcast_to(stones[:, None], without.shape)
        alive = flood(beside(without, stride) & held, held, stride)
        return np.bitwise_or.reduce(held & ~alive, 1)

    def legal(self, states: np.ndarray, past: np.ndarray | None = None) -> np.ndarray:
        """Return which moves may be made in games that are not over, bool (B, moves).

        past: earlier positions, int64 (B, K, 2), -1 where there is none; None: superko is not held.
        """
        own, other, odd = sides(states)
        free = self.game.full & ~(own | other)
        short, others = (
            self.last_liberty(np.stack([own, other], 1).ravel(), free.repeat(2)).reshape(-1, 2).T
        )
        points = with_liberty(self.game.grid, own, other, short, others)
        may = self.game.points & points[:, None] != 0
        may[:, -1] = True
        which = np.flatnonzero(states[:, TAKEN])
        if past is not None and which.size:
            stones = self.game.points[None, :-1]
            pair = after_stone(
                self.game.grid,
                own[which, None] + 0 * stones,
                other[which, None] + 0 * stones,
                stones,
            )
            swap = odd[which, None]
            first, second = np.where(swap, pair[1], pair[0]), np.where(swap, pair[0], pair[1])
            seen = (first[:, :, None] == past[which, None, :, 0]) & (
                second[:, :, None] == past[which, None, :, 1]
            )
            may[which, :-1] &= ~seen.any(2)
        return may

    def advance(self, states: np.ndarray, moves: np.ndarray) -> np.ndarray:
        """Return the states after a legal move in each, moves int64 (B,)."""
        return self.attempt(states, moves)[0]

    def attempt(self, states: np.ndarray, moves: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the states after moves on free points (or passes), and which are no suicide."""
        own, other, odd = sides(states)
        stones, stride = self.game.points[moves], self.game.grid.stride
        passed = moves == self.moves - 1
        mine, theirs = after_stone(self.game.grid, own, other, stones)
        group = flood(stones, mine, stride)
        alive = passed | (beside(group, stride) & self.game.full & ~(mine | theirs) != 0)
        after = states.copy()
        after[:, FIRST], after[:, SECOND] = np.where(odd, theirs, mine), np.where(odd, mine, theirs)
        after[:, PLY] += 1
        after[:, PASSES] = np.where(passed, states[:, PASSES] + 1, 0)
        after[:, TAKEN] |= theirs != other
        return after, alive

    def result(self, states: np.ndarray) -> np.ndarray:
        """Return 1, 0 or -1 for Black, nan while a game goes on, float32 (B,)."""
        results = np.full(len(states), np.nan, np.float32)
        over = (states[:, PASSES] >= 2) | (states[:, PLY] >= self.longest)
        if over.any():
            both = areas(self.game.grid, states[over, FIRST], states[over, SECOND])
            black, white = (np.bitwise_count(area).astype(np.float32) for area in both)
            results[over] = np.sign(black - white - self.game.komi)
        return results

    def planes(self, states: np.ndarray) -> np.ndarray:
        """Return what a net sees, float32 (B, 6, rows, columns)."""
        own, other, odd = sides(states)
        free = self.game.full & ~(own | other)
        planes = np.empty((len(states), 6, *self.game.shape), np.float32)
        both = np.stack([own, other], 1)
        short = self.last_liberty(both.ravel(), free.repeat(2)).reshape(-1, 2)
        planes[:, :2], planes[:, 2:4] = self.game.grid.spread(both), self.game.grid.spread(short)
        planes[:, 4], planes[:, 5] = (1 - odd)[:, None, None], states[:, PASSES, None, None]
        return planes


Many = ManyGo | ManyRows


def many(game: Go | RowGame) -> Many:
    """Return the rules of a game for many boards at once."""
    return ManyGo(game) if isinstance(game, Go) else ManyRows(game)


def sides(states: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the stones of who moves, the other's, and 1 where the second player moves."""
    odd = states[:, PLY] & 1
    first, second = states[:, FIRST], states[:, SECOND]
    return np.where(odd, second, first), np.where(odd, first, second), odd
