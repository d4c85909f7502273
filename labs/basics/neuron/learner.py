"""One unit at work on its points: what it says, and how an example or the gradient moves it."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from labs.basics.neuron.controls import LARGEST
from labs.basics.neuron.gates import CORNERS, GATES, weights
from labs.basics.neuron.unit import (
    cross_entropy,
    gradient,
    logistic,
    perceptron_rule,
    threshold,
    with_one,
)
from labs.training.course import Course

KEPT = 1000  # moments of the learning that are drawn


@dataclass(frozen=True)
class Update:
    """The last change that a rule made."""

    before: Tensor  # (3,), the weights that it changed
    rate: float
    example: int  # of the points; only the perceptron's rule has one


class Learner:
    """One unit and its points.  w: (3,), the bias first; x: (2, N); y: (N,) of 0 and 1.

    kind: "threshold", "perceptron" or "logistic".
    """

    def __init__(self, gate: str, kind: str) -> None:
        self.kind, self.w = kind, weights(gate)
        self.set_points(CORNERS.clone(), GATES[gate].wanted)

    def says(self, x: Tensor) -> Tensor:
        """Return what the unit says of x: (2, N), as (N,) in [0, 1]."""
        z = self.w @ with_one(x)
        return logistic(z) if self.kind == "logistic" else threshold(z)

    @property
    def right(self) -> int:
        """How many points are on their side of the line."""
        return int(((self.says(self.x) >= 0.5) == (self.y > 0.5)).sum())

    def loss(self) -> float:
        """Return the mean cross-entropy of the points, or the share of mistakes of a threshold."""
        if self.kind == "logistic":
            return cross_entropy(self.w, with_one(self.x), self.y)
        return 1 - self.right / len(self.y)

    def step(self, rate: float) -> bool:
        """Show the unit one example (perceptron), or take one step down the gradient (logistic).

        False when the perceptron has everything right.  Raises ValueError for a unit that does not
        learn.
        """
        if self.kind == "threshold":
            raise ValueError(
                "McCulloch and Pitts set their weights by hand; choose perceptron or logistic to "
                "learn."
            )
        if self.kind == "perceptron" and self.right == len(self.y):
            return False
        x, before, k = with_one(self.x), self.w, self.count % len(self.y)
        if self.kind == "perceptron":
            moved = perceptron_rule(before, x[:, k], float(self.y[k]), rate)
        else:
            moved = before - rate * gradient(before, x, self.y)
        self.w = moved.clamp(-LARGEST, LARGEST)
        self.count, self.by_hand, self.update = self.count + 1, False, Update(before, rate, k)
        self._note()
        return True

    def set_points(self, x: Tensor, y: Sequence[int] | Tensor) -> None:
        """Learn other points from here on."""
        self.x, self.y = x, torch.as_tensor(y, dtype=torch.float64)
        self.begin()

    def set_weights(self, w: Tensor) -> None:
        """Take weights that were set by hand; they are its work if the last ones had mistakes."""
        self.by_hand = self.by_hand or self.right < len(self.y)
        self.start = self.w = w
        self.update = None
        if not self.count:  # the curve begins where the learning will
            self.history = Course(KEPT)
        self._note()

    def begin(self, w: Tensor | None = None) -> None:
        """Count from here, with other weights if they are given."""
        self.start = self.w = self.w if w is None else w
        self.count, self.by_hand = 0, False
        self.update: Update | None = None
        self.history = Course(KEPT)  # (update, loss)
        self._note()

    def _note(self) -> None:
        self.history.note((self.count, self.loss()))
