"""Training, one step at a time, with settings that may change between two steps."""

import math
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from labs.data import Split


class Report(NamedTuple):
    """What one step did, measured on its own batch before the step."""

    step: int
    loss: float  # cross-entropy, nats
    accuracy: float
    gradient_norm: float

    @property
    def finite(self) -> bool:
        """Whether loss and gradient are still numbers."""
        return math.isfinite(self.loss) and math.isfinite(self.gradient_norm)


class Trainer:
    """Stochastic gradient descent with momentum on cross-entropy.

    `learning_rate` and `momentum` may be set at any time.  The same seed gives the same batches.
    """

    def __init__(
        self,
        model: nn.Module,
        data: Split,
        *,
        learning_rate: float,
        momentum: float = 0.9,
        batch: int = 32,
        seed: int = 0,
    ) -> None:
        self.model = model
        self.data = data
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.batch = batch
        self.steps = 0
        self._generator = torch.Generator().manual_seed(seed)
        self._order: list[Tensor] = []
        self._velocity = [torch.zeros_like(p) for p in model.parameters()]

    def step(self) -> Report:
        """Take one optimizer step: v <- momentum v + g, p <- p - learning_rate v."""
        x, y = self._next()
        parameters = list(self.model.parameters())
        logits = self.model(x)
        loss = F.cross_entropy(logits, y)
        gradients = torch.autograd.grad(loss, parameters)
        with torch.no_grad():
            norm = torch.stack([g.norm() for g in gradients]).norm()
            for p, v, g in zip(parameters, self._velocity, gradients, strict=True):
                v.mul_(self.momentum).add_(g)
                p.sub_(v, alpha=self.learning_rate)
        self.steps += 1
        right = (logits.argmax(1) == y).float().mean()
        return Report(self.steps, loss.item(), right.item(), norm.item())

    def _next(self) -> tuple[Tensor, Tensor]:
        if not self._order:
            order = torch.randperm(len(self.data.x), generator=self._generator)
            self._order = list(order.split(self.batch))
        index = self._order.pop(0)
        return self.data.x[index], self.data.y[index]
