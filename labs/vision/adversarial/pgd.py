"""Projected gradient descent (PGD): many small steps up the loss, each brought back into the ball.

Madry, Makelov, Schmidt, Tsipras & Vladu, "Towards deep learning models resistant to adversarial
attacks", https://arxiv.org/abs/1706.06083; with momentum: Dong et al., "Boosting adversarial
attacks with momentum", https://arxiv.org/abs/1710.06081
"""

from collections import deque
from collections.abc import Iterator

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from labs.vision.adversarial.ball import per_image, project, random_point, steepest
from labs.vision.adversarial.record import Slope, Step, check, slope

REACH = 2.5  # the steps together are this many times eps long, so that they can turn back


def climb(
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
    known: Slope | None = None,
) -> Iterator[tuple[Tensor, Tensor | None, Tensor | None]]:
    """Yield the start and the image after each step, each with its logits and loss (N,).

    Of the last image they are None: the climb itself has no need to look at it.

    x: (N, C, H, W) in [0, 1].  y: (N,) true classes, or with `targeted` the classes to steer
    towards (the loss then falls).  eps: the ball's radius in pixel units, one for all images or
    one for each (N,).  step_size: 2.5 eps / steps unless given.  generator: for `random_start`.
    known: `slope` at x, if it has been taken: it is the same for every eps.  Raises ValueError.
    """
    check(x, y, eps=eps)
    radius = per_image(eps, x)
    size = per_image(REACH * torch.as_tensor(eps) / steps if step_size is None else step_size, x)
    at, velocity = x, torch.zeros_like(x)
    if random_start:
        generator = generator or torch.Generator().manual_seed(0)
        at = (x + random_point(x, eps, norm, generator)).clamp(0, 1)
    for _ in range(steps):
        gradient, logits, loss = known if known and at is x else slope(model, at, y)
        yield at, logits, loss
        up = -gradient if targeted else gradient
        if momentum:
            mean = up.abs().mean((1, 2, 3), keepdim=True).clamp_min(1e-30)
            velocity = up = momentum * velocity + up / mean
        moved = at + size * steepest(up, at, norm)
        at = (x + project(moved - x, radius, norm)).clamp(0, 1)
    yield at, None, None


def pgd_steps(model: nn.Module, x: Tensor, y: Tensor, **how) -> Iterator[Step]:
    """Yield a record of the start and of the image after each step; arguments as in `climb`."""
    for at, logits, loss in climb(model, x, y, **how):
        if logits is None:
            with torch.no_grad():
                logits = model(at)
            loss = F.cross_entropy(logits, y, reduction="none")
        yield Step(at, x, logits, loss)


def pgd(model: nn.Module, x: Tensor, y: Tensor, **how) -> Tensor:
    """Return the last image of `climb`: (N, C, H, W), within eps of x in the norm."""
    ((image, _, _),) = deque(climb(model, x, y, **how), maxlen=1)
    return image
