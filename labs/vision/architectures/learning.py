"""Your own network learning digits, live."""

from collections.abc import Sequence

import torch
from torch import nn

from labs.data import Split
from labs.data.digits import small
from labs.live import Frame
from labs.training import Supervised
from labs.vision.architectures.controls import AGAIN, FRESH, RATE
from labs.vision.architectures.design import EXAMPLE, Row, build
from labs.vision.architectures.design.challenges import CHALLENGES
from labs.vision.architectures.design.export import script
from labs.vision.architectures.weights import put, read

LOOK = 300  # test digits looked at
LEAP = 4  # times the first loss: a step that overshot so far has thrown the weights about
OPENING = 30  # steps that are taken before anybody looks


class Learning(Supervised):
    """A designed network in training; the same rows and seed give the same run."""

    name = "design"
    controls = (RATE, AGAIN, FRESH)
    challenges = CHALLENGES
    rate = "rate"
    looked = LOOK

    def __init__(
        self,
        rows: Sequence[Row] = EXAMPLE,
        data: Split | None = None,
        *,
        seed: int = 1,
        met: set[str] | None = None,
    ) -> None:
        """data: scikit-learn's digits if None.  met: the challenges that the visitor's networks
        before this one have met, to which this one's are added.
        """
        self.rows, self.data = tuple(rows), data or small()
        super().__init__(seed)
        self.met = self.met if met is None else met
        for _ in range(OPENING):
            self.step()

    def _begin(self) -> None:
        self._teach(build(self.rows, torch.Generator().manual_seed(self.seed)))

    def _teach(self, model: nn.Module) -> None:
        super()._teach(model)
        self.first = self.highest = None  # reports of the first step, and of the largest loss
        self.answers: set[int] = set()  # that it gives to the test digits

    def _advance(self) -> str:
        trouble, now = super()._advance(), self.recent[-1]
        self.first = self.first or now
        self.highest = max(self.highest or now, now, key=lambda report: report.loss)
        return trouble

    def _look(self) -> None:
        self.answers = set(self._test()[1].tolist())

    @property
    def ran_away(self) -> str:
        """In a sentence, that the numbers ran away, or that the loss leapt and left a dead network,
        which gives every digit the same answer; "" if it learns.
        """
        leapt = self.highest and self.highest.loss > LEAP * self.first.loss
        if self.trouble or not leapt or len(self.answers) > 1:
            return self.trouble
        return (
            f"At step {self.highest.step} the loss leapt to {self.highest.loss:.3g}, and since "
            f"then the network calls every digit a {min(self.answers)}: the steps overshot, and "
            "nothing in it moves any more.  Start again with a smaller learning rate."
        )

    def take(self, data: bytes) -> None:
        """Go on from weights in a stranger's safetensors file.  Raises ValueError, one sentence."""
        put(self.model, read(data))
        self.model.requires_grad_(True)
        self.trouble = ""
        self._teach(self.model)
        self._look()

    def evidence(self) -> tuple:
        """Return rows, parameters, the share of test digits read right, and what went wrong."""
        parameters = sum(p.numel() for p in self.model.parameters())
        return self.rows, parameters, self.tests[-1].accuracy, self.ran_away

    def script(self) -> str:
        """Return a script that builds and teaches the network as it was taught here."""
        return script(self.rows, self.data, seed=self.seed, rate=self._rate, steps=self.steps,
                      looked=self.looked)  # fmt: skip

    def show(self) -> Frame:
        """Return both curves: the losses, and the share of test digits read right."""
        last = self.tests[-1]
        share = self.tests.table()[[0, 2]]  # (2, moments): steps, accuracy
        sentence = (
            self.ran_away or f"{last.accuracy:.1%} of the test digits right at step {last.step}."
        )
        return Frame(
            values={"loss": self.curve("loss"), "accuracy": share},
            notes={"titles": {"loss": sentence}, "say": sentence},
        )
