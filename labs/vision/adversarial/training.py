"""Two ways to learn: from the batches as they are, and from what an attack makes of them.

Madry et al., "Towards deep learning models resistant to adversarial attacks",
https://arxiv.org/abs/1706.06083: train on what the attack makes of each batch.
"""

import torch
from torch import Tensor, nn

from labs.training import Trainer
from labs.training.course import Course
from labs.vision.adversarial.pgd import pgd

RAMP = 100  # steps in which the opponent grows to its full size; the net would give up otherwise
OPPONENT = 3  # steps of PGD, in training and when it is looked at
KEPT = 256  # moments of a curve


class AttackedTrainer(Trainer):
    """A trainer whose batches are attacked before the net sees them."""

    eps = 0.0

    def _next(self) -> tuple[Tensor, Tensor]:
        x, y = super()._next()
        eps = self.eps * min(1.0, self.steps / RAMP)
        if eps == 0:
            return x, y
        return pgd(
            self.model, x, y, eps=eps, steps=OPPONENT, random_start=True, generator=self._generator
        ), y


class TrainedNet:
    """A net in training and what was measured of it."""

    def __init__(self, trainer: Trainer) -> None:
        self.trainer = trainer
        self.looks: Course[tuple[int, float, float]] = Course(KEPT)  # step, clean, attacked

    @property
    def model(self) -> nn.Module:
        """The net."""
        return self.trainer.model

    def look(self, x: Tensor, y: Tensor, eps: float) -> None:
        """Measure it on x: (N, 1, 28, 28), clean and under the opponent at its full size."""
        moved = pgd(self.model, x, y, eps=eps, steps=OPPONENT)
        with torch.no_grad():
            shares = [(self.model(z).argmax(1) == y).float().mean().item() for z in (x, moved)]
        self.looks.note((self.trainer.steps, *shares))


def roughness(kernels: Tensor) -> float:
    """Return the mean difference of neighbours over the mean size, for kernels: (K, H, W)."""
    down, across = kernels.diff(dim=1).abs().mean(), kernels.diff(dim=2).abs().mean()
    return ((down + across) / 2 / kernels.abs().mean().clamp_min(1e-12)).item()
