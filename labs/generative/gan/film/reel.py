"""The film of a training: sheets of fakes of the same noise, step after step."""

from collections.abc import Sequence
from fractions import Fraction

import torch
from torch import Tensor

from labs import film_files
from labs.pictures import animated

ENLARGED = 5  # screen pixels a pixel
COLUMNS, GAP = 8, 2  # pictures in a row, and pixels between two
EACH, LAST = 90, 2000  # milliseconds
HELD = LAST // EACH  # how often an MP4 shows the last one


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
    sheets, comment = [sheet(x) for _, x in moments], said(moments).encode()
    return animated(sheets, each=EACH, last=LAST, comment=comment)


def mp4(moments: Sequence[tuple[int, Tensor]]) -> bytes:
    """Return the same as an MP4."""
    sheets, rate = [sheet(x) for _, x in moments], Fraction(1000, EACH)
    return film_files.mp4(sheets, rate=rate, held=HELD, comment=said(moments))


def said(moments: Sequence[tuple[int, Tensor]]) -> str:
    """Return what a film says of itself."""
    return f"fakes of the same noise, steps 0 to {moments[-1][0]}"
