"""The gradient penalty: a discriminator whose slope is 1 between real and fake.

Gulrajani et al. (2017), Improved training of Wasserstein GANs, https://arxiv.org/abs/1704.00028
"""

from collections.abc import Callable

import torch
from torch import Tensor


@torch.enable_grad()
def gradient_penalty(
    discriminator: Callable[[Tensor], Tensor],
    real: Tensor,
    fake: Tensor,
    generator: torch.Generator,
) -> Tensor:
    """Return the mean of (|slope| - 1)², a scalar that can be differentiated once more.

    The slopes are those of the logits at a random place between each real and its fake, (N, D)
    each.  discriminator: (N, D) to logits, (N,) or (N, 1).  Raises ValueError for unequal shapes.
    """
    if real.shape != fake.shape:
        raise ValueError(f"as many real as fake are needed, not {len(real)} and {len(fake)}")
    share = torch.rand(len(real), 1, generator=generator, dtype=real.dtype)
    between = torch.lerp(real.detach(), fake.detach(), share).requires_grad_()
    (slope,) = torch.autograd.grad(discriminator(between).sum(), between, create_graph=True)
    return (slope.norm(dim=1) - 1).square().mean()
