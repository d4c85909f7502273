"""Your own network learning digits, live."""

from collections.abc import Sequence

import torch

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
        return self.rows, parameters, self.tests[-1].accuracy, self.trouble

    def script(self) -> str:
        """Return a script that builds and teaches the network as it was taught here."""
        return script(self.rows, self.data, seed=self.seed, rate=self._rate, steps=self.steps,
                      looked=self.looked)  # fmt: skip

    def show(self) -> Frame:
        """Return both curves: the losses, and the share of test digits read right."""
        last = self.tests[-1]
        share = self.tests.table()[[0, 2]]  # (2, moments): steps, accuracy
        sentence = (
            self.trouble or f"{last.accuracy:.1%} of the test digits right at step {last.step}."
        )
        return Frame(
            values={"loss": self.curve("loss"), "accuracy": share},
            notes={"titles": {"loss": sentence}, "say": sentence},
        )
