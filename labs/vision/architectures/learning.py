"""Your own network learning digits, live."""

from collections.abc import Sequence

import torch

from labs.data import Split
from labs.live import Frame
from labs.live.challenges import met
from labs.training import Supervised
from labs.vision.architectures.design import Row, build
from labs.vision.architectures.design.challenges import CHALLENGES
from labs.vision.architectures.weights import put, read

LOOK = 300  # test digits looked at
OPENING = 30  # steps that are taken before anybody looks
RANGES = {"rate": (1e-4, 3.0)}


class Learning(Supervised):
    """A designed network in training; the same rows and seed give the same run."""

    ranges = RANGES
    rate = "rate"
    looked = LOOK

    challenges = CHALLENGES

    def __init__(
        self, rows: Sequence[Row], data: Split, *, seed: int = 1, met: set[str] | None = None
    ) -> None:
        """met: the challenges that the visitor's networks before this one have met."""
        self.rows, self.data = tuple(rows), data
        self.met = set() if met is None else met
        super().__init__({"rate": 0.02}, seed)
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

    def frame(self) -> Frame:
        """Return both curves: the losses, and the share of test digits read right."""
        last = self.tests[-1]
        share = self.tests.table()[[0, 2]]  # (2, moments): steps, accuracy
        sentence = (
            self.trouble or f"{last.accuracy:.1%} of the test digits right at step {last.step}."
        )
        self.met |= met(self.challenges, self.met, self)
        return Frame(
            values={"loss": self.curve("loss"), "accuracy": share},
            notes={
                "settings": self.settings,
                "met": sorted(self.met),
                "titles": {"loss": sentence},
                "say": sentence,
            },
        )
