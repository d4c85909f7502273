"""Variational autoencoders of handwritten digits: an encoder of means and variances, a decoder.

Kingma & Welling (2014), Auto-encoding variational Bayes, https://arxiv.org/abs/1312.6114
"""

from typing import ClassVar

from torch import Tensor, nn

WIDTHS = (400, 200)  # of the hidden layers, from the picture to the code


class DigitVAE(nn.Module):
    """Digits (N, 1, 28, 28), white ink on black in [0, 1], to a code of `latent` numbers and back.

    A picture's code is normally distributed; the decoder gives each pixel's probability of ink.
    """

    latent: ClassVar[int]

    def __init__(self) -> None:
        super().__init__()
        wide, narrow = WIDTHS
        self.encoder = nn.Sequential(
            nn.Flatten(),
            nn.Linear(784, wide),
            nn.SiLU(),
            nn.Linear(wide, narrow),
            nn.SiLU(),
            nn.Linear(narrow, 2 * self.latent),
        )
        self.decoder = nn.Sequential(
            nn.Linear(self.latent, narrow),
            nn.SiLU(),
            nn.Linear(narrow, wide),
            nn.SiLU(),
            nn.Linear(wide, 784),
        )

    def encode(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Return mean and log variance of the codes of x, (N, latent) each."""
        mean, log_variance = self.encoder(x).chunk(2, dim=1)
        return mean, log_variance

    def logits(self, z: Tensor) -> Tensor:
        """Return the log odds of ink, (N, 784), for codes z: (N, latent)."""
        return self.decoder(z)

    def decode(self, z: Tensor) -> Tensor:
        """Return pictures (N, 1, 28, 28) in [0, 1] for codes z: (N, latent)."""
        return self.logits(z).sigmoid().view(-1, 1, 28, 28)

    def forward(self, x: Tensor) -> Tensor:
        """Return what the mean code of x decodes to."""
        return self.decode(self.encode(x)[0])


class PlaneVAE(DigitVAE):
    """A code of two numbers: a plane that can be drawn."""

    latent = 2


class WideVAE(DigitVAE):
    """A code of twenty numbers."""

    latent = 20
