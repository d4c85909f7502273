"""What both nets of a GAN minimise, each as a mean over logits, with its slopes written out.

Minimax and non-saturating: Goodfellow et al. (2014), https://arxiv.org/abs/1406.2661; least
squares: Mao et al. (2017), https://arxiv.org/abs/1611.04076; hinge: Lim & Ye (2017),
https://arxiv.org/abs/1705.02894; Wasserstein: Arjovsky et al. (2017),
https://arxiv.org/abs/1701.07875.
"""

from collections.abc import Callable
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor


@dataclass(frozen=True)
class Loss:
    """Both players' losses, to be minimised; logits above 0 say "real".

    `real_slope`, `fake_slope` and `generator_slope` are the derivatives of one example's share,
    before the mean: of the discriminator's loss at a real and at a fake logit, and of the
    generator's at a fake one.
    """

    name: str
    discriminator: Callable[[Tensor, Tensor], Tensor]  # real and fake logits -> a scalar
    generator: Callable[[Tensor], Tensor]  # fake logits -> a scalar
    real_slope: Callable[[Tensor], Tensor]
    fake_slope: Callable[[Tensor], Tensor]
    generator_slope: Callable[[Tensor], Tensor]
    formulas: tuple[str, str]  # of the discriminator and of the generator


def _cross_entropy(real: Tensor, fake: Tensor) -> Tensor:
    return F.softplus(-real).mean() + F.softplus(fake).mean()


def _up(logits: Tensor) -> Tensor:
    """The slope of softplus(-logit)."""
    return torch.sigmoid(-logits).neg_()


_MINIMAX = r"-\mathbb E\left[\ln D(x)\right] - \mathbb E\left[\ln(1 - D(G(z)))\right]"
_D, _FAKE = r"d(x)", r"d(G(z))"  # logits
_ALL = (
    Loss(
        "minimax",
        _cross_entropy,
        lambda fake: -F.softplus(fake).mean(),
        _up,
        torch.sigmoid,
        lambda fake: -torch.sigmoid(fake),
        (_MINIMAX, r"\mathbb E\left[\ln(1 - D(G(z)))\right]"),
    ),
    Loss(
        "non-saturating",
        _cross_entropy,
        lambda fake: F.softplus(-fake).mean(),
        _up,
        torch.sigmoid,
        _up,
        (_MINIMAX, r"-\mathbb E\left[\ln D(G(z))\right]"),
    ),
    Loss(
        "least-squares",
        lambda real, fake: ((real - 1).square().mean() + fake.square().mean()) / 2,
        lambda fake: (fake - 1).square().mean() / 2,
        lambda real: real - 1,
        torch.clone,
        lambda fake: fake - 1,
        (
            rf"\tfrac12 \mathbb E[({_D} - 1)^2] + \tfrac12 \mathbb E[{_FAKE}^2]",
            rf"\tfrac12 \mathbb E[({_FAKE} - 1)^2]",
        ),
    ),
    Loss(
        "hinge",
        lambda real, fake: (1 - real).relu().mean() + (1 + fake).relu().mean(),
        lambda fake: -fake.mean(),
        lambda real: -(real < 1).to(real.dtype),
        lambda fake: (fake > -1).to(fake.dtype),
        lambda fake: torch.full_like(fake, -1),
        (
            rf"\mathbb E[\max(0, 1 - {_D})] + \mathbb E[\max(0, 1 + {_FAKE})]",
            rf"-\mathbb E[{_FAKE}]",
        ),
    ),
    Loss(
        "wasserstein",
        lambda real, fake: fake.mean() - real.mean(),
        lambda fake: -fake.mean(),
        lambda real: torch.full_like(real, -1),
        torch.ones_like,
        lambda fake: torch.full_like(fake, -1),
        (rf"\mathbb E[{_FAKE}] - \mathbb E[{_D}]", rf"-\mathbb E[{_FAKE}]"),
    ),
)
LOSSES: dict[str, Loss] = {loss.name: loss for loss in _ALL}
