"""The picture that is left of its histograms: another is changed until its own are the same.

Mahendran & Vedaldi, "Understanding deep image representations by inverting them", CVPR 2015,
https://arxiv.org/abs/1412.0035; Vondrick et al., "HOGgles", ICCV 2013,
https://arxiv.org/abs/1312.6034.  A slight blur stands for their prior of natural pictures.
"""

import torch
from torch import Tensor

from labs.pictures import blur
from labs.vision.features.gradients.hog import blocks, cells

RATE = 0.1
SOFT = 0.8  # pixels of the blur


class Inverse:
    """A picture z: (1, 1, S, S) under Adam; the loss is relative to no histogram at all."""

    def __init__(self, x: Tensor, cell: int, directions: int, seed: int = 0) -> None:
        generator = torch.Generator().manual_seed(seed)
        self.shape = cell, directions
        self.goal = blocks(cells(x, cell, directions, mixed=True))
        self.size = self.goal.square().sum()  # 0: one tone all over, and no step to take
        self.z = (0.1 * torch.randn(x.shape, generator=generator)).requires_grad_()
        self.adam = torch.optim.Adam([self.z], lr=RATE)
        self.losses: list[float] = []

    def step(self) -> float:
        """Take one step; return the loss before it."""
        made = blocks(cells(blur(self.z, SOFT), *self.shape, mixed=True))
        loss = (made - self.goal).square().sum() / self.size
        self.adam.zero_grad()
        loss.backward()
        self.adam.step()
        self.losses.append(loss.item())
        return self.losses[-1]

    @property
    def picture(self) -> Tensor:
        """The picture (1, 1, S, S) in [0, 1]; brightness and contrast, which no histogram holds,
        are chosen.
        """
        y = blur(self.z.detach(), SOFT)
        return ((y - y.mean()) / y.std().clamp_min(1e-6) * 0.18 + 0.5).clamp(0, 1)
