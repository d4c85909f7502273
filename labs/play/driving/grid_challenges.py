"""What the grid world asks a visitor to try."""

from typing import NamedTuple

from torch import Tensor

from labs.live.challenges import Challenge
from labs.play import grid


class Seen(NamedTuple):
    """What the challenges look at."""

    world: grid.World
    gamma: float
    values: Tensor  # (cells,) of value iteration now
    away: list[float]  # how far value iteration and Q-learning are from the exact values
    greedy: Tensor  # (rows, columns) of the exact values
    learned: Tensor  # (cells,) the best move of Q-learning's table
    walked: int  # moves of Q-learning


def _learned(seen: Seen) -> bool:
    cells = grid.free(seen.world)
    right = (seen.learned == seen.greedy.flatten())[cells].all()
    return seen.walked > 0 and int(cells.sum()) >= 6 and bool(right)


def _pit(seen: Seen) -> bool:
    """Whether the exact policy walks into a pit from a cell beside it."""
    if grid.GOAL not in "".join(seen.world.rows):
        return False
    moves = seen.greedy.flatten().tolist()
    return any(m >= 0 and seen.world.kind(grid.reached(seen.world, cell, m)) == grid.PIT
               for cell, m in enumerate(moves))  # fmt: skip


def _detour(seen: Seen) -> bool:
    """Whether the best move beside a pit is into a wall or the border: away from the pit's side."""
    return any(
        m >= 0 and grid.reached(seen.world, cell, m) == cell
        for cell, m in enumerate(seen.greedy.flatten().tolist())
    )


CHALLENGES = (
    Challenge("learned", "Let Q-learning find the best move of every cell, at least six.",
              "With much exploration all moves are tried; a smaller α then calms the numbers.",
              _learned),
    Challenge("pit", "Make the pit the best way out of a cell, though there is a goal.",
              "How much must a move cost, until the end is better than the way?", _pit),
    Challenge("wall", "Make walking into a wall the best move of a cell.",
              "Where moves slip to the side, and a pit lies beside the way, a wall is safe.",
              _detour),
)  # fmt: skip
