"""Your own network learning digits, live."""

import math
from collections.abc import Mapping, Sequence

import torch
import torch.nn.functional as F
from safetensors.torch import save

from labs.data import Split
from labs.live import Frame
from labs.live.checks import number
from labs.training import Report, Trainer
from labs.vision.architectures.design import Row, build
from labs.vision.architectures.weights import put, read

EVERY = 10  # steps between two looks at the test digits
LOOK = 300  # test digits looked at
POINTS = 200  # of a curve
RATES = (1e-4, 3.0)


class Training:
    """A designed network in training; the same rows and seed give the same run."""

    def __init__(self, rows: Sequence[Row], data: Split, *, seed: int = 1) -> None:
        self.rows, self.data, self.seed = tuple(rows), data, seed
        self.settings: dict[str, str | float] = {"rate": 0.02}
        self._begin()

    def _begin(self) -> None:
        self.model = build(self.rows, torch.Generator().manual_seed(self.seed))
        self._forget()

    def _forget(self) -> None:
        """Begin to count at the weights as they are now."""
        rate = float(self.settings["rate"])
        self.trainer = Trainer(self.model, self.data, learning_rate=rate, seed=self.seed)
        self.reports: list[Report] = []
        self.tests: list[tuple[int, float, float]] = []  # step, loss, accuracy
        self.trouble = ""
        self._test()

    def receive(self, event: Mapping) -> None:
        """Take in a setting.  Raises ValueError in one sentence."""
        name, value = event.get("setting"), event.get("value")
        if name == "rate":
            self.settings["rate"] = number(value, *RATES, "The learning rate")
            self.trainer.learning_rate = float(self.settings["rate"])
        elif name == "again":
            self._begin()
        elif name == "fresh":
            self.seed += 1
            self._begin()
        elif name != "visible":
            raise ValueError("Training knows the settings rate, again and fresh.")

    @property
    def steps(self) -> int:
        """Optimizer steps since the weights were drawn."""
        return self.trainer.steps

    def step(self) -> bool:
        """Take one optimizer step; False when the numbers have run away."""
        if self.trouble:
            return False
        self.model.train()
        report = self.trainer.step()
        self.reports.append(report)
        if not report.finite:
            self.trouble = (
                f"The loss became {report.loss} at step {report.step}: at a learning rate of "
                f"{self.trainer.learning_rate:.2g} the steps overshoot.  Begin again with less."
            )
            return False
        if report.step % EVERY == 0:
            self._test()
        return True

    @torch.no_grad()
    def _test(self) -> None:
        self.model.eval()
        x, y = self.data.x_test[:LOOK], self.data.y_test[:LOOK]
        logits = self.model(x)
        right = (logits.argmax(1) == y).float().mean().item()
        self.tests.append((self.trainer.steps, F.cross_entropy(logits, y).item(), right))

    def take(self, data: bytes) -> None:
        """Go on from weights in a stranger's safetensors file.  Raises ValueError, one sentence."""
        put(self.model, read(data))
        self.model.requires_grad_(True)
        self._forget()

    def weights(self) -> bytes:
        """Return the weights as they are now, as safetensors."""
        return save({name: w.contiguous() for name, w in self.model.state_dict().items()})

    def frame(self) -> Frame:
        """Return both curves: the losses, and the share of test digits read right."""
        steps, losses, shares = (list(v) for v in zip(*self.tests, strict=True))
        batch = [r.loss for r in self.reports]
        trained = [
            sum(batch[max(0, s - EVERY) : s]) / max(1, min(s, EVERY)) if s else math.nan
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
