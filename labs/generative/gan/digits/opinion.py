"""What a discriminator makes of a picture: its logit, and what would look more real."""

import torch
from torch import Tensor

from labs.models.digit_gan import CLASSES, DigitGAN

STEP = 0.12  # of grey, that the pixel which matters most is moved by


def opinions(gan: DigitGAN, x: Tensor) -> Tensor:
    """Return the logit of a picture x: (1, 1, 28, 28) as a drawing of every class, (10,)."""
    return gan.judge(x.expand(CLASSES, -1, -1, -1), torch.arange(CLASSES))


@torch.enable_grad()
def wish(gan: DigitGAN, x: Tensor, kind: int) -> Tensor:
    """Return the slope of a class's logit at every pixel of x: (1, 1, 28, 28)."""
    x = x.detach().requires_grad_()
    (slope,) = torch.autograd.grad(gan.judge(x, torch.tensor([kind])).sum(), x)
    return slope


def improved(x: Tensor, slope: Tensor) -> Tensor:
    """Return x one step up the slope, in [0, 1]."""
    return (x + STEP * slope / slope.abs().max().clamp_min(1e-12)).clamp(0, 1)


def slice_of(latent: int, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """Return a place and two orthonormal directions in the noise: (latent,) and (latent, 2)."""
    directions, _ = torch.linalg.qr(torch.randn(latent, 2, generator=generator))
    origin = torch.randn(latent, generator=generator)
    return origin - directions @ (directions.T @ origin), directions
