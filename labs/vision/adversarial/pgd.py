"""Projected gradient descent (PGD): many small steps up the loss, each brought back into the ball.

Madry, Makelov, Schmidt, Tsipras & Vladu, "Towards deep learning models resistant to adversarial
attacks", https://arxiv.org/abs/1706.06083; with momentum: Dong et al., "Boosting adversarial
attacks with momentum", https://arxiv.org/abs/1710.06081
"""

from collections.abc import Iterator

import torch
from torch import Tensor, nn

from labs.vision.adversarial.ball import per_image, project, random_point, steepest
from labs.vision.adversarial.record import Step, check, last, slope

REACH = 2.5  # the steps together are this many times eps long, so that they can turn back


def pgd_steps(
    model: nn.Module,
    x: Tensor,
    y: Tensor,
    *,
    eps: float | Tensor,
    norm: str = "linf",
    steps: int = 10,
    step_size: float | Tensor | None = None,
    random_start: bool = False,
    momentum: float = 0.0,
    targeted: bool = False,
    generator: torch.Generator | None = None,
) -> Iterator[Step]:
    """Yield the start and the image after each step.

    x: (N, C, H, W) in [0, 1].  y: (N,) true classes, or with `targeted` the classes to steer
    towards (the loss then falls).  eps: the ball's radius in pixel units, one for all images or
    one for each (N,).  step_size: 2.5 eps / steps unless given.  generator: for `random_start`.
    Raises ValueError.
    """
    check(x, y, eps=eps)
    radius = per_image(eps, x)
    size = per_image(REACH * torch.as_tensor(eps) / steps if step_size is None else step_size, x)
    at, velocity = x, torch.zeros_like(x)
    if random_start:
        generator = generator or torch.Generator().manual_seed(0)
        at = (x + random_point(x, eps, norm, generator)).clamp(0, 1)
    for _ in range(steps):
        gradient, logits, loss = slope(model, at, y)
        yield Step(at, x, logits, loss)
        up = -gradient if targeted else gradient
        if momentum:
            mean = up.abs().mean((1, 2, 3), keepdim=True).clamp_min(1e-30)
            velocity = up = momentum * velocity + up / mean
        moved = at + size * steepest(up, at, norm)
        at = (x + project(moved - x, radius, norm)).clamp(0, 1)
    with torch.no_grad():
        logits = model(at)
    loss = torch.nn.functional.cross_entropy(logits, y, reduction="none")
    yield Step(at, x, logits, loss)


def pgd(model: nn.Module, x: Tensor, y: Tensor, *, eps: float | Tensor, **how) -> Tensor:
    """Return the last image of `pgd_steps`: (N, C, H, W), within eps of x in the norm."""
    return last(pgd_steps(model, x, y, eps=eps, **how))
