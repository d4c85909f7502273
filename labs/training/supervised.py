"""A classifier in training that is watched: every step's report, and now and then the test set."""

from collections import deque
from typing import ClassVar, NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from labs.data import Split
from labs.training.course import Course, latest
from labs.training.experiment import Training, overshoot
from labs.training.trainer import Report, Trainer

KEPT = 128  # moments of a curve
RECENT = 200  # steps whose reports are kept one by one


class Look(NamedTuple):
    """How good the net is on test examples."""

    step: int
    loss: float  # cross-entropy, nats
    accuracy: float


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
        self.recent: deque[Report] = deque(maxlen=RECENT)
        self.reports: Course[Report] = Course(KEPT, mean=True, every=self.every)
        self.tests: Course[Look] = Course(KEPT)

    @property
    def _rate(self) -> float:
        return float(self.settings[self.rate])

    def _advance(self) -> str:
        self.model.train()
        self.trainer.learning_rate = self._rate
        report = self.trainer.step()
        self.recent.append(report)
        self.reports.note(report)
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
        self.tests.note(Look(self.steps, F.cross_entropy(logits, y).item(), right))
        return y, said

    def curve(self, name: str) -> Tensor:
        """Return loss or accuracy, (3, moments): steps, the mean over the training batches since
        the moment before, and the last test by then.
        """
        if not self.reports:
            return torch.zeros(3, 0)
        train, at = self.reports.table(), Look._fields.index(name)
        test = latest(self.tests.table(), train[0])
        return torch.stack([train[0], train[Report._fields.index(name)], test[at]])
