"""Fast gradient sign method (FGSM): one step straight up the loss.

Goodfellow, Shlens & Szegedy, "Explaining and harnessing adversarial examples",
https://arxiv.org/abs/1412.6572

It is PGD with a single step as long as the ball's radius; in other norms than L-infinity it is
known as the fast gradient method.
"""

from collections.abc import Iterator

from torch import Tensor, nn

from labs.vision.adversarial.pgd import pgd_steps
from labs.vision.adversarial.record import Step, last


def fgsm_steps(
    model: nn.Module, x: Tensor, y: Tensor, *, eps: float | Tensor, **how
) -> Iterator[Step]:
    """Yield the picture and the picture moved by eps; `norm`, `targeted` as in `climb`."""
    yield from pgd_steps(model, x, y, eps=eps, steps=1, step_size=eps, **how)


def fgsm(model: nn.Module, x: Tensor, y: Tensor, *, eps: float | Tensor, **how) -> Tensor:
    """Return x moved by at most eps per pixel so that the loss on y rises (targeted: falls)."""
    return last(fgsm_steps(model, x, y, eps=eps, **how))
