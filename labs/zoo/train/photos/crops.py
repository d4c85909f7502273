"""What a training photo goes through before the net sees it: a random crop, or a small shift."""

import torch
import torch.nn.functional as F
from torch import Tensor


def crop(x: Tensor, size: int, smallest: float, *, generator: torch.Generator) -> Tensor:
    """Return random crops of x: (N, 3, H, W) in [0, 1] as (N, 3, size, size).

    Each keeps between `smallest` and 1 of the area, is up to a quarter wider or higher, and is
    flipped half of the time; one resampling does it all.
    """

    def uniform(low: float, high: float) -> Tensor:
        return torch.rand(len(x), generator=generator) * (high - low) + low

    side, aspect = uniform(smallest, 1).sqrt(), uniform(-1, 1).mul(0.11).exp()
    width, height = (side * aspect).clamp(max=1), (side / aspect).clamp(max=1)
    left, top = (1 - width) * uniform(-1, 1), (1 - height) * uniform(-1, 1)
    flip = uniform(-1, 1).sign()
    theta = x.new_zeros(len(x), 2, 3, dtype=torch.float32)
    theta[:, 0, 0], theta[:, 0, 2] = width * flip, left
    theta[:, 1, 1], theta[:, 1, 2] = height, top
    grid = F.affine_grid(theta, [len(x), 3, size, size], align_corners=False)
    return F.grid_sample(x, grid, padding_mode="reflection", align_corners=False)


def shift(x: Tensor, reach: int = 8, *, generator: torch.Generator) -> Tensor:
    """Return x: (N, C, H, W) moved by up to `reach` whole pixels, half of it flipped."""
    n, _, height, width = x.shape
    down, right = torch.randint(2 * reach + 1, (2, n, 1), generator=generator)
    rows, columns = down + torch.arange(height), right + torch.arange(width)  # (N, H), (N, W)
    flip = torch.rand(n, 1, generator=generator) < 0.5
    columns = torch.where(flip, columns.flip(1), columns)
    x = F.pad(x, (reach,) * 4, mode="reflect").permute(0, 2, 3, 1)
    x = x[torch.arange(n)[:, None, None], rows[:, :, None], columns[:, None, :]]  # (N, H, W, C)
    return x.permute(0, 3, 1, 2)
