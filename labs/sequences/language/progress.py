"""How a training goes: what each step reported, what each test found, and both as curves."""

import math
from dataclasses import dataclass, field

import torch
from torch import Tensor

from labs.training import stretches

POINTS = 240  # of a curve on the screen


@dataclass(frozen=True)
class Report:
    """What one step did; the loss is measured before it."""

    step: int
    loss: float  # nats a character
    norm: float  # of the gradient, before clipping


@dataclass
class Progress:
    """Reports of the steps, and tests on the held-out text as (steps before it, nats)."""

    reports: list[Report] = field(default_factory=list)
    tests: list[tuple[int, float]] = field(default_factory=list)

    @property
    def held_out(self) -> float:
        """The last test's loss in nats a character; NaN before the first."""
        return self.tests[-1][1] if self.tests else math.nan

    def history(self) -> dict[str, tuple[list[int], list[float]]]:
        """Return the losses so far, as (steps, values) by name."""
        lines = {"training batch": ([r.step for r in self.reports], [r.loss for r in self.reports])}
        if self.tests:
            steps, losses = zip(*self.tests, strict=True)
            lines["held out"] = (list(steps), list(losses))
        return lines

    def losses(self) -> Tensor:
        """Return (3, points): steps, training loss, the held-out loss of the last test by then."""
        rows, at = [], 0
        for step, loss, _ in self._rows():
            while at + 1 < len(self.tests) and self.tests[at + 1][0] <= step:
                at += 1
            rows.append((step, loss, self.tests[at][1] if self.tests else math.nan))
        return _columns(rows)

    def norms(self, clip: float) -> Tensor:
        """Return (3, points): steps, norm of the gradient, where it is clipped."""
        return _columns([(step, norm, clip) for step, _, norm in self._rows()])

    def _rows(self) -> list[tuple[int, float, float]]:
        """Return step, mean loss and mean norm of each stretch of steps, at most POINTS."""
        rows = []
        for part in stretches(self.reports, POINTS):
            loss = sum(report.loss for report in part) / len(part)
            norm = sum(report.norm for report in part) / len(part)
            rows.append((part[-1].step, loss, norm))
        return rows


def _columns(rows: list[tuple[float, ...]]) -> Tensor:
    return torch.tensor(rows).T.contiguous() if rows else torch.zeros(3, 0)
