"""Turned and mirrored boards: the same game, so one position is worth eight (or two) to learn from.

Where stones drop only the mirror is left.
"""

from functools import cache

import numpy as np
import torch
from torch import Tensor

from labs.play.board.games import Game


@cache
def symmetries(game: Game) -> tuple[Tensor, Tensor]:
    """Return for each symmetry where a turned board's points and moves come from.

    Both int64, (S, rows * columns) and (S, moves); the first symmetry changes nothing.
    """
    points = np.arange(game.shape[0] * game.shape[1]).reshape(game.shape)
    if game.drops:
        kinds = [points, points[:, ::-1]]
    else:
        kinds = [np.rot90(side, k) for side in (points, points[:, ::-1]) for k in range(4)]
    table = torch.tensor(np.stack([kind.ravel() for kind in kinds]))
    if game.drops:
        return table, table[:, : game.moves]  # the top row names the columns
    rest = torch.arange(table.shape[1], game.moves).expand(len(table), -1)  # a pass stays a pass
    return table, torch.cat([table, rest], 1)


def turn(planes: Tensor, points: Tensor) -> Tensor:
    """Return planes (N, C, H, W) turned by points (H * W,) or, each by its own, (N, H * W)."""
    flat = planes.flatten(2)
    if points.dim() == 1:
        return flat[:, :, points].view_as(planes)
    return flat.gather(2, points[:, None].expand_as(flat)).view_as(planes)
