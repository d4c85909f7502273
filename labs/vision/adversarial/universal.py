"""One perturbation for many images, gathered from DeepFool's steps.

Moosavi-Dezfooli, Fawzi, Fawzi & Frossard, "Universal adversarial perturbations",
https://arxiv.org/abs/1610.08401

Picture by picture: wherever x + v is not fooled yet, v takes the shortest way across x's boundary
with it, and is brought back into its ball.  The paper keeps the last v, which need not be the best.
"""

from collections.abc import Iterator

import torch
from torch import Tensor, nn

from labs.vision.adversarial.ball import project
from labs.vision.adversarial.deepfool import deepfool
from labs.vision.adversarial.record import Step, check, last, margin, reached

CLOSE = 10  # steps of DeepFool for each picture; it rarely needs more


def universal_steps(
    model: nn.Module,
    x: Tensor,
    y: Tensor,
    *,
    eps: float,
    norm: str = "linf",
    passes: int = 5,
    enough: float = 0.95,
    targeted: bool = False,
    generator: torch.Generator | None = None,
) -> Iterator[Step]:
    """Yield x + v after every picture that changed v, and in the end the one that fools most.

    enough: the share of fooled pictures that ends the search; those that were where they are to go
    do not count.  The loss is the margin of y.
    Raises ValueError.
    """
    check(x, y, eps=eps)
    generator = generator or torch.Generator().manual_seed(0)
    v = torch.zeros_like(x[:1])

    def now() -> Step:
        image = (x + v).clamp(0, 1)
        with torch.no_grad():
            logits = model(image)
        return Step(image, x, logits, margin(logits, y))

    def share(step: Step) -> float:
        return reached(step.logits, y, targeted=targeted)[clean].float().mean().item()

    best = step = now()
    clean = ~reached(step.logits, y, targeted=targeted)  # (N,), these can be fooled
    yield step
    if not clean.any():
        return
    for _ in range(passes):
        for i in torch.randperm(len(x), generator=generator).tolist():
            at, label = (x[i : i + 1] + v).clamp(0, 1), y[i : i + 1]
            with torch.no_grad():
                if bool(reached(model(at), label, targeted=targeted)):
                    continue
            there = deepfool(
                model, at, label, norm="l2" if norm != "linf" else norm, steps=CLOSE,
                overshoot=0.1, targeted=targeted,
            )  # fmt: skip
            v = project(v + there - at, eps, norm)
            step = now()
            yield step
            best = max(step, best, key=share)  # the later of two as good
            if share(step) >= enough:
                return
    if best is not step:
        yield best


def universal(model: nn.Module, x: Tensor, y: Tensor, *, eps: float, **how) -> Tensor:
    """Return every x: (N, C, H, W) moved by the same perturbation, clamped to [0, 1]."""
    return last(universal_steps(model, x, y, eps=eps, **how))
