"""One of the two nets that learn the same digits side by side."""

import math
from functools import cache

import torch
from sklearn.datasets import load_digits
from torch import Tensor

from labs.basics.depth.health import Health, examine
from labs.basics.depth.net import Deep, Shape
from labs.training.course import Course

BATCH = 64
PROBE = 128  # examples on which the layers are examined
KEPT = 256  # moments of a loss curve


@cache
def digits() -> tuple[Tensor, Tensor]:
    """Return scikit-learn's 8 x 8 digits, standardised: x (1797, 64) and y (1797,)."""
    data = load_digits()
    x = torch.tensor(data.data, dtype=torch.float32) / 16
    return (x - x.mean()) / x.std(), torch.tensor(data.target)


class Side:
    """A net from its initial weights on: its loss so far, its own order of examples."""

    def __init__(self, shape: Shape, learning_rate: float) -> None:
        self.shape = shape
        self.learning_rate = learning_rate
        x, _ = digits()
        self.net = Deep(x.shape[1], 10, shape, torch.Generator().manual_seed(0))
        self.generator = torch.Generator().manual_seed(1)
        self.steps = 0
        self.loss = math.nan  # of the last batch, before its step
        self.largest = 0.0  # loss that was a number
        self.lost: int | None = None  # the step at which the loss was no number any more
        self.losses: Course[tuple[int, float]] = Course(KEPT, mean=True)
        self._health: Health | None = None  # as the weights are now

    def step(self) -> None:
        """Train on one batch; count on when the numbers have run away."""
        self.steps += 1
        if self.lost is None:
            self._train()
        self.losses.note((self.steps, self.loss))

    def _train(self) -> None:
        x, y = digits()
        at = torch.randint(len(x), (BATCH,), generator=self.generator)
        self.loss = self.net.train(x[at], y[at], self.learning_rate, self.generator)
        self._health = None
        if math.isfinite(self.loss):
            self.largest = max(self.largest, self.loss)
        else:
            self.lost, self.loss = self.steps, math.nan

    def health(self) -> Health:
        """Examine the layers on the first examples; the same ones, and masks, every time."""
        if self._health is None:
            x, y = digits()
            masks = torch.Generator().manual_seed(2)
            self._health = examine(self.net, x[:PROBE], y[:PROBE], masks)
        return self._health
