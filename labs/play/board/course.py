"""The course of a game: what the net and the searches say of each of its positions."""

import torch

from labs.play.board.nets import remembered
from labs.play.board.position import Played


class Course:
    """Values in [-1, 1] for the first player; what was asked for once is kept."""

    def __init__(self) -> None:
        self.net: dict[tuple, float] = {}  # by game and moves
        self.searched: dict[tuple, float] = {}

    def note(self, played: Played, value: float) -> None:
        """Keep what a search of a position has found."""
        self.searched[key(played)] = value

    def table(self, played: Played) -> torch.Tensor:
        """Return (3, positions): moves made, the net's value, the search's; NaN for no search."""
        rows = []
        for count in range(len(played.moves) + 1):
            then = played.back(len(played.moves) - count)
            rows.append([count, self.value(then), self.searched.get(key(then), torch.nan)])
        return torch.tensor(rows, dtype=torch.float).T

    def value(self, played: Played) -> float:
        """Return the net's value; the result where the game is over."""
        at = key(played)
        if at not in self.net:
            if played.result is not None:
                self.net[at] = float(played.result)
            else:
                value = remembered(played.game.name)(played.state)[1]
                self.net[at] = -value if played.mover else value
        return self.net[at]


def key(played: Played) -> tuple:
    """Return what tells a position of a game from all others."""
    return played.game.name, played.moves
