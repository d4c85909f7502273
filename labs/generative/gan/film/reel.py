"""The film of a training: sheets of fakes of the same noise, step after step."""

from collections.abc import Sequence

import torch
from torch import Tensor

from labs.pictures import animated

ENLARGED = 5  # screen pixels a pixel
COLUMNS, GAP = 8, 2  # pictures in a row, and pixels between two
EACH, LAST = 90, 2000  # milliseconds


def sheet(fakes: Tensor) -> Tensor:
    """Return pictures (N, 64) in [0, 1] as dark ink on one sheet (1, H, W) of bytes."""
    rows = len(fakes) // COLUMNS
    tiles = torch.nn.functional.pad(fakes.view(-1, 8, 8), (GAP, 0, GAP, 0))
    grid = tiles.view(rows, COLUMNS, 8 + GAP, 8 + GAP).permute(0, 2, 1, 3)
    grid = grid.reshape(rows * (8 + GAP), COLUMNS * (8 + GAP))
    grid = torch.nn.functional.pad(grid, (0, GAP, 0, GAP))
    large = grid.repeat_interleave(ENLARGED, 0).repeat_interleave(ENLARGED, 1)
    return ((1 - large) * 255).round().to(torch.uint8)[None]


def gif(moments: Sequence[tuple[int, Tensor]]) -> bytes:
    """Return moments (step, pictures (N, 64)) as an endless GIF."""
    comment = f"fakes of the same noise, steps 0 to {moments[-1][0]}".encode()
    return animated([sheet(x) for _, x in moments], each=EACH, last=LAST, comment=comment)
