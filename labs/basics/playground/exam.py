"""How good a net is: losses and scores of training and test points, from one pass over both."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Tensor

from labs.basics.playground.task import Task


@dataclass(frozen=True)
class Sample:
    """Points as a net takes them: x (features, N) in float64, y (N,), targets (outputs, N)."""

    x: Tensor
    y: Tensor
    t: Tensor


class Moment(NamedTuple):
    """One point of the curves."""

    epoch: int
    train: float
    test: float
    train_score: float
    test_score: float


class Exam:
    """The points of both parts side by side, with what they are marked by."""

    def __init__(self, task: Task, train: Sample, test: Sample) -> None:
        self.task = task
        self.x = torch.cat([train.x, test.x], 1)
        self.y = torch.cat([train.y, test.y])
        self.t = torch.cat([train.t, test.t], 1)
        # of each point, the variance of its part, for R squared
        self.spread = torch.cat([_variance(part.y).expand(len(part.y)) for part in (train, test)])
        self.sizes = len(train.y), len(test.y)
        self.part = torch.zeros(sum(self.sizes), 2, dtype=torch.float64)  # 1 where a point belongs
        self.part[: len(train.y), 0] = self.part[len(train.y) :, 1] = 1

    def mark(self, epoch: int, output: Tensor) -> Moment:
        """Return the mean losses and scores of the output for x; NaN for a part without points."""
        each = [self.task.loss.each(output, self.t), self.task.marks(output, self.y, self.spread)]
        return self._moment(epoch, *(torch.stack(each) @ self.part).tolist())

    @staticmethod
    def mark_all(exams: "Sequence[Exam]", epochs: Sequence[int], output: Tensor) -> list[Moment]:
        """Return what `mark` would for each of K exams of one task and size; output: (K, ...)."""
        one = exams[0]
        t, y, spread = (torch.stack([getattr(e, of) for e in exams]) for of in ("t", "y", "spread"))
        each = [one.task.loss.each(output, t), one.task.marks(output, y, spread)]
        losses, scores = (torch.stack(each) @ one.part).tolist()
        return list(map(one._moment, epochs, losses, scores))

    def _moment(self, epoch: int, losses: Sequence[float], scores: Sequence[float]) -> Moment:
        """Make means of sums over the training and over the test points."""
        n, m = self.sizes
        test = (losses[1] / m, scores[1] / m) if m else (math.nan, math.nan)
        return Moment(epoch, losses[0] / n, test[0], scores[0] / n, test[1])


def _variance(y: Tensor) -> Tensor:
    return y.double().var(correction=0).clamp_min(1e-12) if len(y) else torch.ones(())
