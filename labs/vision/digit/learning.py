"""Watch LeNet learn from scratch: filters, the maps of your own drawing, loss and confusion."""

import math

import torch

from labs.data import Split
from labs.data.digits import small
from labs.live import Frame
from labs.live.controls import Button, Knob
from labs.models.initialise import untrained
from labs.models.lenet import LeNet5
from labs.training import Supervised
from labs.training.supervised import RECENT
from labs.vision.digit.passes import forward

LOOK = 500  # test digits looked at
SUSPECT = 0.1  # learning rates from here on may kill the units for good
RATE = Knob("learning_rate", "learning rate", 1e-4, 3.0, 0.02, log=True)
AGAIN = Button("again", "Same weights again")
FRESH = Button("fresh", "New weights")


class Learning(Supervised):
    """LeNet-5 in training.  `seen` is the visitor's drawing, (28, 28) in [0, 1], for its maps."""

    name = "learning"
    controls = (RATE, AGAIN, FRESH)
    looked = LOOK

    def __init__(self, data: Split | None = None, *, seed: int = 1) -> None:
        """data: scikit-learn's digits if None."""
        self.data = data or small()
        self.seen = torch.zeros(28, 28)
        super().__init__(seed)

    def _begin(self) -> None:
        self._teach(untrained(LeNet5, torch.Generator().manual_seed(self.seed)))

    def _advance(self) -> str:
        trouble = super()._advance()
        if trouble or not self._lost():
            return trouble
        return (
            f"At step {self.steps} the loss is no better than guessing: a learning rate of "
            f"{self._rate:.2g} has killed the units.  Start again with a smaller one."
        )

    def _lost(self) -> bool:
        """Whether a long stretch of steps at a large learning rate has learnt nothing at all."""
        if self._rate < SUSPECT or len(self.recent) < RECENT:
            return False
        return sum(report.loss for report in self.recent) / RECENT > math.log(10) - 0.02

    def _look(self) -> None:
        y, said = self._test()
        counts = torch.bincount(y * 10 + said, minlength=100).view(10, 10).float()
        self.confusion = counts / counts.sum(1, keepdim=True).clamp_min(1)

    def history(self) -> dict[str, tuple[list[float], list[float]]]:
        """Return the losses so far, as (steps, values) by name."""
        lines = {"training batches": self.reports, "test": self.tests}
        return {name: ([m.step for m in line], [m.loss for m in line])
                for name, line in lines.items()}  # fmt: skip

    def show(self) -> Frame:
        """Return filters, the drawing's maps, and the curves so far."""
        weights = {name: p.detach() for name, p in self.model.named_parameters()}
        a = forward(self.seen, weights)
        steps, _, accuracy = self.tests[-1]
        return Frame(
            maps={
                "learned1": weights["conv1.weight"].view(6, 5, 5),
                "learning1": a.conv1,
                "learning2": a.conv2,
            },
            values={
                "loss": self.curve("loss"),
                "accuracy": self.curve("accuracy"),
                "confusion": self.confusion,
                "opinion": a.probabilities,
            },
            notes={
                "scale": "layer",
                "apart": ["learned1"],
                "titles": {
                    "accuracy": f"{accuracy:.1%} of {min(LOOK, len(self.data.x_test))} test digits",
                    "loss": self.trouble or "cross-entropy, nats",
                },
                "say": self.trouble
                or f"Step {steps}: {accuracy:.0%} of the test digits are right.",
            },
        )
