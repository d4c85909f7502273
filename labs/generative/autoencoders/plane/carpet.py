"""A carpet of decoded pictures behind a plane of codes.

The picture of Kingma & Welling (2014), figure 4, https://arxiv.org/abs/1312.6114; there its places
are evenly spaced in probability, here in the code itself.
"""

from collections.abc import Callable

import torch
from torch import Tensor

TILES = 18  # along each axis
REACH = 3.0  # codes lie in [-REACH, REACH] twice


def places(tiles: int = TILES, reach: float = REACH) -> Tensor:
    """Return the middles of the tiles as (x, y), row by row from the top, (tiles², 2)."""
    along = (torch.arange(tiles) + 0.5) / tiles * 2 * reach - reach
    y, x = torch.meshgrid(along.flip(0), along, indexing="ij")
    return torch.stack([x.flatten(), y.flatten()], 1)


def carpet(decode: Callable[[Tensor], Tensor], codes: Tensor) -> Tensor:
    """Return decoded pictures side by side, (1, side, side).

    decode: codes (N, k) to pictures (N, 1, 28, 28).  codes: (tiles², k), row by row from the top.
    """
    tiles = round(len(codes) ** 0.5)
    pictures = decode(codes)[:, 0].view(tiles, tiles, 28, 28)
    return pictures.permute(0, 2, 1, 3).reshape(1, 28 * tiles, 28 * tiles)
