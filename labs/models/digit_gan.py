"""A conditional convolutional GAN of ten kinds of drawings: a generator, and its discriminator.

Radford, Metz & Chintala (2016), https://arxiv.org/abs/1511.06434 (the layers); Mirza & Osindero
(2014), https://arxiv.org/abs/1411.1784 (a generator that is asked for a class); Miyato & Koyama
(2018), https://arxiv.org/abs/1802.05637 (a discriminator that is asked about one, by projection).
"""

from typing import ClassVar

import torch
import torch.nn.functional as F
from torch import Tensor, nn

CLASSES = 10
# What gan-doodles was asked for, in the order of its classes.
DOODLES = (
    "airplane", "apple", "car", "cat", "fish", "flower", "house", "sailboat", "tree", "umbrella",
)  # fmt: skip


class Generator(nn.Module):
    """Noise (N, latent) and classes (N,) to pictures (N, 1, 28, 28) in [0, 1].

    Instead of classes it takes shares of them, (N, 10).
    """

    def __init__(self, latent: int) -> None:
        super().__init__()
        self.dense = nn.Linear(latent + CLASSES, 64 * 7 * 7)
        self.norm1 = nn.BatchNorm2d(64)
        self.up1 = nn.ConvTranspose2d(64, 32, 4, 2, 1)  # (N, 32, 14, 14)
        self.norm2 = nn.BatchNorm2d(32)
        self.up2 = nn.ConvTranspose2d(32, 1, 4, 2, 1)  # (N, 1, 28, 28)

    def forward(self, z: Tensor, classes: Tensor) -> Tensor:
        shares = classes if classes.is_floating_point() else F.one_hot(classes, CLASSES).to(z)
        x = self.dense(torch.cat([z, shares], 1))
        x = self.norm1(x.view(-1, 64, 7, 7)).relu()
        return self.up2(self.norm2(self.up1(x)).relu()).sigmoid()


class Discriminator(nn.Module):
    """Pictures (N, 1, 28, 28) and classes (N,) to a logit (N,): above 0 it looks real."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(1, 32, 4, 2, 1)  # (N, 32, 14, 14)
        self.conv2 = nn.Conv2d(32, 64, 4, 2, 1)  # (N, 64, 7, 7)
        self.dense = nn.Linear(64 * 7 * 7, 128)
        self.real = nn.Linear(128, 1)
        self.of_class = nn.Linear(128, CLASSES, bias=False)

    def forward(self, x: Tensor, classes: Tensor) -> Tensor:
        x = F.leaky_relu(self.conv1(x), 0.2)
        x = F.leaky_relu(self.conv2(x), 0.2)
        x = F.leaky_relu(self.dense(x.flatten(1)), 0.2)
        return self.real(x).squeeze(1) + self.of_class(x).gather(1, classes[:, None]).squeeze(1)


class DigitGAN(nn.Module):
    """Generator and discriminator of one training; called, it generates."""

    latent: ClassVar[int] = 16

    def __init__(self) -> None:
        super().__init__()
        self.generator = Generator(self.latent)
        self.discriminator = Discriminator()

    def forward(self, z: Tensor, classes: Tensor) -> Tensor:
        """Return pictures (N, 1, 28, 28) in [0, 1] of z: (N, latent) and classes: (N,)."""
        return self.generator(z, classes)

    def judge(self, x: Tensor, classes: Tensor) -> Tensor:
        """Return the discriminator's logits (N,): above 0, x looks like a real one of its class.

        x: (N, 1, 28, 28) in [0, 1].
        """
        return self.discriminator(x, classes)
