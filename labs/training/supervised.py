"""A classifier in training that is watched: every step's report, and now and then the test set."""

from typing import ClassVar

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from labs.data import Split
from labs.training.experiment import Training, overshoot
from labs.training.trainer import Report, Trainer


class Supervised(Training):
    """A network that learns a split by `Trainer`.

    A lab makes the network in `_begin` and hands it to `_teach`; `rate` is the name of its setting.
    """

    data: Split
    rate: ClassVar[str] = "learning_rate"
    looked: ClassVar[int] = 500  # test examples at a look

    @property
    def steps(self) -> int:
        """Optimizer steps since the weights were drawn."""
        return self.trainer.steps

    def _teach(self, model: nn.Module) -> None:
        """Begin to count at the weights that `model` has now."""
        self.model = model
        self.trainer = Trainer(model, self.data, learning_rate=self._rate, seed=self.seed)
        self.reports: list[Report] = []
        self.tests: list[tuple[int, float, float]] = []  # step, loss, accuracy

    @property
    def _rate(self) -> float:
        return float(self.settings[self.rate])

    def _advance(self) -> str:
        self.model.train()
        self.trainer.learning_rate = self._rate
        report = self.trainer.step()
        self.reports.append(report)
        return "" if report.finite else overshoot(report.loss, report.step, self._rate)

    def _look(self) -> None:
        self._test()

    @torch.no_grad()
    def _test(self) -> tuple[Tensor, Tensor]:
        """Note loss and accuracy on test examples; return their classes and what was said."""
        self.model.eval()
        x, y = self.data.x_test[: self.looked], self.data.y_test[: self.looked]
        logits = self.model(x)
        said = logits.argmax(1)
        right = (said == y).float().mean().item()
        self.tests.append((self.steps, F.cross_entropy(logits, y).item(), right))
        return y, said
