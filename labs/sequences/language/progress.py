"""How a training goes: what each step reported, what each test found, and both as curves."""

import math
from collections import deque
from typing import NamedTuple

import torch
from torch import Tensor

from labs.numerals import written
from labs.training.course import Course, latest

KEPT = 256  # moments of a curve
RECENT = 25  # steps whose reports are kept one by one


class Report(NamedTuple):
    """What one step did; the loss is measured before it."""

    step: int
    loss: float  # nats a character
    norm: float  # of the gradient, before clipping


class Progress:
    """Reports of the steps, and tests on the held-out text as (steps before it, nats)."""

    def __init__(self) -> None:
        self.steps = 0
        self.first = math.nan  # the loss of the first step
        self.recent: deque[Report] = deque(maxlen=RECENT)
        self.reports: Course[Report] = Course(KEPT, mean=True)
        self.tests: Course[tuple[int, float]] = Course(KEPT)

    def note(self, loss: float, norm: float) -> None:
        """Note a step's loss and the norm of its gradient."""
        self.steps += 1
        report = Report(self.steps, loss, norm)
        self.first = loss if self.steps == 1 else self.first
        self.recent.append(report)
        self.reports.note(report)

    @property
    def held_out(self) -> float:
        """The last test's loss in nats a character; NaN before the first."""
        return self.tests[-1][1] if self.tests else math.nan

    def history(self) -> dict[str, tuple[list[int], list[float]]]:
        """Return the losses so far, as (steps, values) by name."""
        lines = {"training batches": self.reports, "held out": self.tests}
        return {name: ([m[0] for m in line], [m[1] for m in line])
                for name, line in lines.items() if line}  # fmt: skip

    def losses(self) -> Tensor:
        """Return (3, points): steps, training loss, the held-out loss of the last test by then."""
        if not self.reports:
            return torch.zeros(3, 0)
        steps, losses, _ = self.reports.table()
        tests = latest(self.tests.table(), steps)[1] if self.tests else losses * math.nan
        return torch.stack([steps, losses, tests])

    def norms(self, clip: float) -> Tensor:
        """Return (3, points): steps, norm of the gradient, where it is clipped."""
        if not self.reports:
            return torch.zeros(3, 0)
        steps, _, norms = self.reports.table()
        return torch.stack([steps, norms, torch.full_like(steps, clip)])


def judged(held_out: float, symbols: int, rate: float) -> str:
    """Return the loss on the held-out text (nats a character), its perplexity, and a reason where
    the net is far worse than one that knows nothing of its symbols.
    """
    perplexity = math.exp(min(held_out, 50))
    text = f"held out {held_out:.3f} nats, perplexity "
    if perplexity < 2 * symbols:
        return f"{text}{perplexity:.1f}"
    return (
        f"{text}{written(perplexity, '.1e')}: sure of wrong characters, worse than guessing among "
        f"{symbols}; the learning rate, {rate:.2g}, is too large"
    )
