"""What an ascent changes: the pixels themselves, or an image's frequencies in decorrelated colour.

In Fourier space with each frequency scaled by its natural strength, a step moves large structures
as easily as small ones; with decorrelated colours it does not drift into the hues that photographs
do not have.  Olah, Mordvintsev & Schubert,
https://distill.pub/2017/feature-visualization/#preconditioning
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import torch
from torch import Tensor

# A square root of the colour covariance of photographs, as rows of R, G, B: one direction of
# brightness and two of hue, the strongest first.
COLOR = torch.tensor([[0.26, 0.09, 0.02], [0.27, 0.00, -0.05], [0.27, -0.09, 0.03]])
COLOR = COLOR / COLOR.norm(dim=0).max()
COVARIANCE = COLOR @ COLOR.T
COVARIANCE = COVARIANCE * 3**0.5 / COVARIANCE.norm()  # as large as the identity
SHALLOW = 1e-4  # images are kept this far from 0 and 1, where the sigmoid has no slope


@dataclass(frozen=True)
class Parametrisation:
    """Parameters with `requires_grad`, and the function that turns them into images in [0, 1]."""

    parameters: Tensor
    image: Callable[[Tensor], Tensor]

    def render(self) -> Tensor:
        """Return the images (N, 3, H, W)."""
        return self.image(self.parameters)


def pixels(start: Tensor) -> Parametrisation:
    """The images themselves, start: (N, 3, H, W) in [0, 1]."""
    return Parametrisation(start.detach().clone().requires_grad_(), lambda p: p.clamp(0, 1))


def fourier(start: Tensor, decay: float = 1.0) -> Parametrisation:
    """The spectrum of the image before a sigmoid; begins at start: (N, 3, H, W) in [0, 1].

    decay: a frequency f is scaled by f ** -decay.
    """
    height, width = start.shape[-2:]
    scale = _strength(height, width, decay)
    inverse = torch.linalg.inv(COLOR)
    before = torch.logit(start.detach().clamp(SHALLOW, 1 - SHALLOW))
    decorrelated = torch.einsum("ij,njhw->nihw", inverse, before)
    spectrum = torch.view_as_real(torch.fft.rfft2(decorrelated, norm="ortho")) / scale

    def image(p: Tensor) -> Tensor:
        x = torch.fft.irfft2(torch.view_as_complex(p * scale), (height, width), norm="ortho")
        return torch.einsum("ij,njhw->nihw", COLOR, x).sigmoid()

    return Parametrisation(spectrum.clone().requires_grad_(), image)


def soften(gradient: Tensor, softness: float) -> Tensor:
    """Return a gradient (N, C, H, W) whose frequencies f are scaled by f ** -softness.

    0 leaves it as pixels have it; 1 is half the way to Fourier space, where a step counts twice.
    """
    height, width = gradient.shape[-2:]
    spectrum = torch.fft.rfft2(gradient) * frequencies(height, width) ** -softness
    return torch.fft.irfft2(spectrum, (height, width))


def decorrelate(gradient: Tensor, share: float) -> Tensor:
    """Return a gradient (N, 3, H, W) whose colours are partly those that photographs have.

    An image is C z with decorrelated colours z, so its gradient there leads it along C C^T g.
    share: 0 leaves the gradient as it is, 1 is that direction, between them lies the mean of both.
    """
    mixed = torch.lerp(torch.eye(3), COVARIANCE, share)
    return torch.einsum("ij,njhw->nihw", mixed, gradient)


@lru_cache(64)  # sizes
def frequencies(height: int, width: int) -> Tensor:
    """Return the frequency of each entry of a spectrum in cycles a pixel: (H, W / 2 + 1).

    The constant's is that of one cycle over the longer side, so that it may be divided by.
    """
    rows = torch.fft.fftfreq(height)[:, None]
    columns = torch.fft.rfftfreq(width)[None]
    return (rows.square() + columns.square()).sqrt().clamp_min(1 / max(height, width))


def _strength(height: int, width: int, decay: float) -> Tensor:
    frequency = frequencies(height, width)
    # sqrt(H W) undoes the transform's own norm: a change is worth the same at every size
    worth = math.sqrt(height * width) / 16
    return (frequency**-decay / max(height, width) ** decay * worth)[..., None]  # (H, W/2+1, 1)


def noise(
    count: int, height: int, width: int, *, generator: torch.Generator, contrast: float = 0.05
) -> Tensor:
    """Return grey images (N, 3, H, W) with a little coloured noise, where a dream can begin."""
    x = 0.5 + contrast * torch.randn(count, 3, height, width, generator=generator)
    return x.clamp(0, 1)
