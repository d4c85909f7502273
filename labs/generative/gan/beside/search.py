"""The noise whose fake is nearest to a picture: steps down the squared error, from every class.

Zhu, Krähenbühl, Shechtman & Efros (2016), Generative visual manipulation on the natural image
manifold, https://arxiv.org/abs/1609.03552; the steps are Adam's, Kingma & Ba (2015),
https://arxiv.org/abs/1412.6980.
"""

import torch
from torch import Tensor

from labs.models.digit_gan import CLASSES, DigitGAN

RATE = 0.1
BETAS = (0.9, 0.99)
NEAR = 0.5  # deviation of the noise at which a search begins


class Search:
    """Noise for each class, moved so that its fakes come near to a picture.

    Of each class there are two, (2 * 10, latent): one that goes on from where it was nearest to the
    picture before, and one that begins anew.
    """

    def __init__(self, gan: DigitGAN, seed: int) -> None:
        generator = torch.Generator().manual_seed(seed)
        self.gan, self.classes = gan, torch.arange(CLASSES).repeat(2)
        self.start = NEAR * torch.randn(CLASSES, gan.latent, generator=generator)
        self._begin(self.start)

    def aim(self, x: Tensor) -> None:
        """Search for another picture x: (1, 1, 28, 28)."""
        errors = self.errors(self.z, x).view(2, CLASSES)
        pairs = self.z.view(2, CLASSES, -1)
        self._begin(torch.where((errors[0] < errors[1])[:, None], pairs[0], pairs[1]))

    def step(self, x: Tensor) -> None:
        """Take one Adam step towards x."""
        with torch.enable_grad():
            z = self.z.detach().requires_grad_()
            (g,) = torch.autograd.grad(self.errors(z, x).sum(), z)
        self.count += 1
        a, b = BETAS
        self.mean = a * self.mean + (1 - a) * g
        self.square = b * self.square + (1 - b) * g.square()
        mean = self.mean / (1 - a**self.count)
        self.z = self.z - RATE * mean / ((self.square / (1 - b**self.count)).sqrt() + 1e-8)

    def best(self, x: Tensor) -> tuple[int, Tensor]:
        """Return the class whose fake is nearest to x now, and its noise (latent,)."""
        at = int(self.errors(self.z, x).argmin())
        return at % CLASSES, self.z[at]

    def errors(self, z: Tensor, x: Tensor) -> Tensor:
        """Return the squared errors of the fakes of z: (20, latent), (20,)."""
        return (self.gan(z, self.classes) - x).square().flatten(1).sum(1)

    def _begin(self, kept: Tensor) -> None:
        self.z = torch.cat([kept, self.start])
        self.count, self.mean, self.square = 0, *torch.zeros(2, *self.z.shape)
