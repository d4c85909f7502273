"""The first attack: L-BFGS on the loss plus the size of the change, within the box of pixels.

Szegedy, Zaremba, Sutskever, Bruna, Erhan, Goodfellow & Fergus, "Intriguing properties of neural
networks", https://arxiv.org/abs/1312.6199

    minimise  c |r|^2 + loss(x + r, target),  x + r in [0, 1]

for the largest c with which it still succeeds, found by bisection.  The paper writes |r|; its
square has the same minimisers over c and a gradient at 0.  The paper always has a target; without
one, the likeliest other class is it.
"""

from collections.abc import Iterator

import numpy as np
import torch
import torch.nn.functional as F
from scipy.optimize import minimize
from torch import Tensor, nn

from labs.vision.adversarial.record import Step, check, last, together

LARGEST = 1.0  # the first c; it is halved, tenfold at first, until the attack succeeds


def lbfgs_steps(
    model: nn.Module,
    x: Tensor,
    y: Tensor,
    *,
    searches: int = 8,
    iterations: int = 20,
    targeted: bool = False,
    generator: torch.Generator | None = None,
) -> Iterator[Step]:
    """Yield every iterate of every c, and in the end the smallest change that succeeded, or x.

    searches: values of c tried.  iterations: of L-BFGS for each.  The loss is the one above.
    Raises ValueError.
    """
    check(x, y)
    with torch.no_grad():
        target = y if targeted else model(x).scatter(1, y[:, None], -torch.inf).argmax(1)
    yield from together(
        _one(model, x[i : i + 1], target[i : i + 1], searches, iterations) for i in range(len(x))
    )


def lbfgs(model: nn.Module, x: Tensor, y: Tensor, **how) -> Tensor:
    """Return the closest image to x, in L2, that succeeded; x itself where none did."""
    return last(lbfgs_steps(model, x, y, **how))


def _one(
    model: nn.Module, x: Tensor, target: Tensor, searches: int, iterations: int
) -> Iterator[Step]:
    """The search over c for one image."""
    low, high, c = 0.0, np.inf, LARGEST  # success is sure below, failure above
    best, smallest, best_loss = x, torch.inf, torch.zeros(1)
    for _ in range(searches):
        path = _minimise(model, x, target, c, iterations)
        yield from path
        end = path[-1]
        success = bool(end.logits.argmax(1) == target)
        length = end.norms.l2.item()
        if success and length < smallest:
            best, smallest, best_loss = end.image, length, end.loss
        low, high = (c, high) if success else (low, c)
        c = c * 10 if np.isinf(high) else (high / 10 if low == 0 else float(np.sqrt(low * high)))
    with torch.no_grad():
        logits = model(best)
    yield Step(best, x, logits, best_loss)


def _minimise(model: nn.Module, x: Tensor, target: Tensor, c: float, iterations: int) -> list[Step]:
    """The iterates of L-BFGS-B for one c."""
    known: dict[bytes, tuple[Tensor, Tensor, Tensor, Tensor]] = {}  # of the last point alone

    def value(flat: np.ndarray) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        key = flat.tobytes()  # an iterate is asked for twice: by the search and by `keep`
        if key not in known:
            known.clear()
            at = torch.from_numpy(flat).to(x.dtype).view_as(x).requires_grad_()
            with torch.enable_grad():
                logits = model(at)
                loss = c * (at - x).square().sum() + F.cross_entropy(logits, target)
                (gradient,) = torch.autograd.grad(loss, at)
            known[key] = at.detach(), logits.detach(), loss.detach(), gradient
        return known[key]

    def objective(flat: np.ndarray) -> tuple[float, np.ndarray]:
        *_, loss, gradient = value(flat)
        return loss.item(), gradient.flatten().double().numpy()

    def keep(flat: np.ndarray) -> None:
        at, logits, loss, _ = value(flat)
        path.append(Step(at.clamp(0, 1), x, logits, loss[None]))

    path: list[Step] = []
    begin = x.flatten().double().numpy()
    bounds = [(0.0, 1.0)] * len(begin)
    end = minimize(
        objective, begin, jac=True, method="L-BFGS-B", bounds=bounds, callback=keep,
        options={"maxiter": iterations},
    )  # fmt: skip
    if not path:
        keep(end.x)
    return path
