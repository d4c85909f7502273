"""Your own network learning digits, live."""

import math
from collections.abc import Sequence

import torch
import torch.nn.functional as F

from labs.data import Split
from labs.live import Frame
from labs.training import Report, Trainer, Training, overshoot
from labs.vision.architectures.design import Row, build
from labs.vision.architectures.weights import put, read

LOOK = 300  # test digits looked at
POINTS = 200  # of a curve
OPENING = 30  # steps that are taken before anybody looks
RANGES = {"rate": (1e-4, 3.0)}


class Learning(Training):
    """A designed network in training; the same rows and seed give the same run."""

    ranges = RANGES

    def __init__(self, rows: Sequence[Row], data: Split, *, seed: int = 1) -> None:
        self.rows, self.data = tuple(rows), data
        super().__init__({"rate": 0.02}, seed)
        for _ in range(OPENING):
            self.step()

    def _begin(self) -> None:
        self.model = build(self.rows, torch.Generator().manual_seed(self.seed))
        self._forget()

    def _forget(self) -> None:
        """Begin to count at the weights as they are now."""
        rate = float(self.settings["rate"])
        self.trainer = Trainer(self.model, self.data, learning_rate=rate, seed=self.seed)
        self.reports: list[Report] = []
        self.tests: list[tuple[int, float, float]] = []  # step, loss, accuracy

    @property
    def steps(self) -> int:
        """Optimizer steps since the weights were drawn."""
        return self.trainer.steps

    def _advance(self) -> str:
        self.model.train()
        rate = self.trainer.learning_rate = float(self.settings["rate"])
        report = self.trainer.step()
        self.reports.append(report)
        return "" if report.finite else overshoot(report.loss, report.step, rate)

    @torch.no_grad()
    def _look(self) -> None:
        self.model.eval()
        x, y = self.data.x_test[:LOOK], self.data.y_test[:LOOK]
        logits = self.model(x)
        right = (logits.argmax(1) == y).float().mean().item()
        self.tests.append((self.trainer.steps, F.cross_entropy(logits, y).item(), right))

    def take(self, data: bytes) -> None:
        """Go on from weights in a stranger's safetensors file.  Raises ValueError, one sentence."""
        put(self.model, read(data))
        self.model.requires_grad_(True)
        self.trouble = ""
        self._forget()
        self._look()

    def frame(self) -> Frame:
        """Return both curves: the losses, and the share of test digits read right."""
        steps, losses, shares = (list(v) for v in zip(*self.tests, strict=True))
        batch = [r.loss for r in self.reports]
        trained = [
            sum(batch[max(0, s - self.every) : s]) / max(1, min(s, self.every)) if s else math.nan
            for s in steps
        ]
        stride = max(1, len(steps) // POINTS)
        loss = torch.tensor([steps, trained, losses])[:, ::stride]
        share = torch.tensor([steps, shares])[:, ::stride]
        sentence = self.trouble or f"Step {self.steps}: {shares[-1]:.1%} of the test digits right."
        return Frame(
            values={"loss": loss, "accuracy": share},
            notes={"settings": self.settings, "titles": {"loss": sentence}, "say": sentence},
        )
