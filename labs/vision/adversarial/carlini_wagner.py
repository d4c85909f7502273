"""Carlini & Wagner's L2 attack: the smallest change that wins, by descent on size plus margin.

Carlini & Wagner, "Towards evaluating the robustness of neural networks",
https://arxiv.org/abs/1608.04644

    minimise  |x' - x|^2 + c max(margin + confidence, 0),  x' = (tanh w + 1) / 2

The margin is of logits, not of the loss, so a saturated softmax hides nothing; tanh keeps the
pixels in [0, 1]; c is found by bisection, for each image by itself.
"""

from collections.abc import Iterator

import torch
from torch import Tensor, nn

from labs.vision.adversarial.ball import per_image
from labs.vision.adversarial.record import Step, check, last, margin

INSIDE = 0.999999  # tanh never quite reaches black and white
TENFOLD = 10.0  # c grows so until the attack wins once


def carlini_wagner_steps(
    model: nn.Module,
    x: Tensor,
    y: Tensor,
    *,
    confidence: float = 0.0,
    searches: int = 6,
    steps: int = 100,
    step_size: float = 0.05,
    first: float = 1.0,
    targeted: bool = False,
    generator: torch.Generator | None = None,
) -> Iterator[Step]:
    """Yield the iterate of every step, and in the end the smallest change that won, or x.

    confidence: by how much the new class must lead, in logits.  searches: values of c tried.
    first: the first of them.  The loss is |x' - x|^2 + c max(margin + confidence, 0).
    Raises ValueError.
    """
    check(x, y, confidence=confidence)
    start = torch.atanh((2 * x - 1) * INSIDE)
    anchor = (start.tanh() + 1) / 2
    c = torch.full((len(x),), float(first), dtype=x.dtype)
    low, high = torch.zeros_like(c), torch.full_like(c, torch.inf)
    best, smallest = x.clone(), torch.full_like(c, torch.inf)
    for _ in range(searches):
        w = start.clone().requires_grad_()
        adam = torch.optim.Adam([w], lr=step_size)
        won = torch.zeros(len(x), dtype=torch.bool)
        for _ in range(steps):
            with torch.enable_grad():
                at = (w.tanh() + 1) / 2
                logits = model(at)
                lead = margin(logits, y) * (-1 if targeted else 1) + confidence
                size = (at - anchor).flatten(1).square().sum(1)
                loss = size + c * lead.clamp_min(0)
                (w.grad,) = torch.autograd.grad(loss.sum(), w)
            adam.step()
            at, logits, lead = at.detach(), logits.detach(), lead.detach()
            wins = lead <= 0 if confidence else lead < 0
            length = (at - x).flatten(1).norm(dim=1)
            better = wins & (length < smallest)
            smallest = torch.where(better, length, smallest)
            best = torch.where(per_image(better.to(x.dtype), x) > 0, at, best)
            won |= wins
            yield Step(at, x, logits, loss.detach())
        high = torch.where(won, c, high)
        low = torch.where(won, low, c)
        c = torch.where(high.isinf(), c * TENFOLD, (low + high) / 2)
    with torch.no_grad():
        logits = model(best)
    yield Step(best, x, logits, smallest.square())


def carlini_wagner(model: nn.Module, x: Tensor, y: Tensor, **how) -> Tensor:
    """Return the closest image to x, in L2, that won; x itself where none did."""
    return last(carlini_wagner_steps(model, x, y, **how))
