"""Square attack: random squares of +-eps, kept whenever they lower the margin; a black box.

Andriushchenko, Croce, Flammarion & Hein, "Square attack: a query-efficient black-box adversarial
attack via random search", https://arxiv.org/abs/1912.00049

It asks for logits only, so a net that hides its gradients does not hide from it.
"""

from collections.abc import Iterator

import torch
from torch import Tensor, nn

from labs.vision.adversarial.ball import per_image
from labs.vision.adversarial.record import Step, check, last, margin, reached

# The paper's schedule: the share of the picture that a square covers is halved at these queries
# of 10,000; a smaller budget shrinks them in proportion.
HALVINGS = (10, 50, 200, 500, 1000, 2000, 4000, 6000, 8000)


def square_steps(
    model: nn.Module,
    x: Tensor,
    y: Tensor,
    *,
    eps: float | Tensor,
    queries: int = 1000,
    share: float = 0.3,
    targeted: bool = False,
    generator: torch.Generator | None = None,
) -> Iterator[Step]:
    """Yield the best picture after every query, until all images are fooled; loss: y's margin.

    eps: in L-infinity.  share: of the picture that the first squares cover.  Raises ValueError.
    """
    check(x, y, eps=eps)
    generator = generator or torch.Generator().manual_seed(0)
    radius, sign = per_image(eps, x), (-1 if targeted else 1)
    n, channels, height, width = x.shape
    rows, columns = torch.arange(height), torch.arange(width)

    def coin(*shape: int) -> Tensor:
        return torch.randint(2, shape, generator=generator).to(x.dtype) * 2 - 1

    def ask(image: Tensor) -> tuple[Tensor, Tensor]:
        with torch.no_grad():
            logits = model(image)
        return logits, sign * margin(logits, y)

    logits, cost = ask(x)
    yield Step(x, x, logits, cost)
    best, best_cost = x, torch.full_like(cost, torch.inf)
    trial = (x + radius * coin(n, channels, 1, width)).clamp(0, 1)  # vertical stripes
    for query in range(queries):
        new_logits, cost = ask(trial)
        better = cost < best_cost
        best = torch.where(per_image(better.to(x.dtype), x) > 0, trial, best)
        logits = torch.where(better[:, None], new_logits, logits)
        best_cost = torch.where(better, cost, best_cost)
        yield Step(best, x, logits, best_cost)
        if reached(logits, y, targeted=targeted).all():
            return
        side = _side(share, query / queries, height, width)
        top = torch.randint(height - side + 1, (n, 1, 1, 1), generator=generator)
        left = torch.randint(width - side + 1, (n, 1, 1, 1), generator=generator)
        inside = ((rows[:, None] >= top) & (rows[:, None] < top + side)
                  & (columns >= left) & (columns < left + side))  # fmt: skip
        painted = (x + radius * coin(n, channels, 1, 1)).clamp(0, 1)
        trial = torch.where(inside, painted, best)


def square(model: nn.Module, x: Tensor, y: Tensor, *, eps: float | Tensor, **how) -> Tensor:
    """Return the best picture found: (N, C, H, W), within eps of x in L-infinity."""
    return last(square_steps(model, x, y, eps=eps, **how))


def _side(share: float, done: float, height: int, width: int) -> int:
    """The side of a square when a share `done` of the queries is spent."""
    halved = sum(done * 10_000 > at for at in HALVINGS)
    side = (share * 0.5**halved * height * width) ** 0.5
    return min(max(1, round(side)), height, width)
