"""A small generator and a small discriminator of digits of 8 x 8, and one step of each.

Goodfellow et al. (2014), https://arxiv.org/abs/1406.2661; batch norm in the generator: Radford et
al. (2016), https://arxiv.org/abs/1511.06434.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

LATENT, WIDTH, PIXELS = 16, 128, 64
BATCH = 64


class Norm(nn.Module):
    """Batch norm without weights, by the batch at hand: a fake depends a little on the others."""

    def forward(self, x: Tensor) -> Tensor:
        return F.batch_norm(x, None, None, training=True)


class Forger(nn.Module):
    """Noise (N, 16) to pictures (N, 64) in [0, 1]."""

    def __init__(self, normed: bool) -> None:
        super().__init__()
        norm = Norm if normed else nn.Identity
        self.layers = nn.Sequential(
            nn.Linear(LATENT, WIDTH), norm(), nn.ReLU(),
            nn.Linear(WIDTH, WIDTH), norm(), nn.ReLU(),
            nn.Linear(WIDTH, PIXELS), nn.Sigmoid(),
        )  # fmt: skip

    def forward(self, z: Tensor) -> Tensor:
        return self.layers(z)


class Expert(nn.Module):
    """Pictures (N, 64) to logits (N,): above 0 they look real."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.Linear(PIXELS, WIDTH), nn.LeakyReLU(0.2),
            nn.Linear(WIDTH, WIDTH), nn.LeakyReLU(0.2),
            nn.Linear(WIDTH, 1),
        )  # fmt: skip

    def forward(self, x: Tensor) -> Tensor:
        return self.layers(x)[:, 0]


def blurred(x: Tensor, deviation: float, generator: torch.Generator) -> Tensor:
    """Return x with instance noise of a deviation in grey."""
    return x + deviation * torch.randn(x.shape, generator=generator)


def noise(n: int, generator: torch.Generator) -> Tensor:
    """Return n throws of the generator's noise, (n, 16)."""
    return torch.randn(n, LATENT, generator=generator)
