"""The evidence lower bound of black and white pictures, and one step up it.

-ELBO = E[-log p(x | z)] + beta KL(q(z | x) || p(z)), z = mean + spread * eps: Kingma & Welling
(2014), https://arxiv.org/abs/1312.6114; beta: Higgins et al. (2017),
https://openreview.net/forum?id=Sy2fzU9gl.
"""

from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor

from labs.generative.autoencoders.kl import kl_terms
from labs.models.vae import DigitVAE


class Terms(NamedTuple):
    """Both terms of the bound, in nats a picture."""

    reconstruction: Tensor  # (N,)
    kl: Tensor  # (N, k), number by number


def reparametrise(mean: Tensor, log_variance: Tensor, eps: Tensor) -> Tensor:
    """Return mean + spread * eps: the die eps is thrown outside, so that gradients pass."""
    return mean + (log_variance / 2).exp() * eps


def terms(model: DigitVAE, x: Tensor, eps: Tensor) -> Terms:
    """Return the terms for pictures x: (N, 1, 28, 28) of 0 and 1, and throws eps: (N, k)."""
    mean, log_variance = model.encode(x)
    logits = model.logits(reparametrise(mean, log_variance, eps))
    each = F.binary_cross_entropy_with_logits(logits, x.flatten(1), reduction="none")
    return Terms(each.sum(1), kl_terms(mean, log_variance))


def descend(
    model: DigitVAE, optimizer: torch.optim.Optimizer, x: Tensor, beta: float,
    generator: torch.Generator,
) -> tuple[float, float]:  # fmt: skip
    """Take one step on grey pictures x; return both terms, the mean over the batch."""
    x = (torch.rand(x.shape, generator=generator) < x).float()
    eps = torch.randn(len(x), model.latent, generator=generator)
    with torch.enable_grad():
        found = terms(model, x, eps)
        reconstruction, kl = found.reconstruction.mean(), found.kl.sum(1).mean()
        optimizer.zero_grad()
        (reconstruction + beta * kl).backward()
    optimizer.step()
    return reconstruction.item(), kl.item()
