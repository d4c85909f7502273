"""Noise of the same size as an attack: the control that shows that an attack is no noise.

In L-infinity every pixel moves by eps up or down, as under FGSM, only that a coin decides; in L2
and L1 it is normal noise scaled to the ball's surface.  Noise up to a hundred times larger than an
attack leaves a network unmoved: Fawzi, Moosavi-Dezfooli & Frossard, "Robustness of classifiers:
from adversarial to random noise", https://arxiv.org/abs/1608.08967
"""

from collections.abc import Iterator

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from labs.vision.adversarial.ball import known, norms, per_image
from labs.vision.adversarial.record import Step, check, last


@torch.no_grad()
def noise_steps(
    model: nn.Module,
    x: Tensor,
    y: Tensor,
    *,
    eps: float | Tensor,
    norm: str = "linf",
    targeted: bool = False,
    generator: torch.Generator | None = None,
) -> Iterator[Step]:
    """Yield the picture and the picture with noise of size eps.  Noise has no target."""
    check(x, y, eps=eps)
    generator = generator or torch.Generator().manual_seed(0)
    draw = torch.randn(x.shape, generator=generator, dtype=x.dtype)
    if known(norm) == "linf":
        unit = draw.sign()
    else:
        unit = draw / per_image(getattr(norms(draw), norm), draw)
    for image in (x, (x + per_image(eps, x) * unit).clamp(0, 1)):
        logits = model(image)
        yield Step(image, x, logits, F.cross_entropy(logits, y, reduction="none"))


def noise(model: nn.Module, x: Tensor, y: Tensor, *, eps: float | Tensor, **how) -> Tensor:
    """Return x with noise of size eps."""
    return last(noise_steps(model, x, y, eps=eps, **how))
