"""Adversarial training, live: the same LeNet twice from the same weights, one with an opponent.

That gradients then look like the digit itself: Tsipras et al., "Robustness may be at odds with
accuracy", https://arxiv.org/abs/1805.12152
"""

from collections.abc import Mapping
from copy import deepcopy

import torch
from torch import Tensor, nn

from labs.data import Split
from labs.live import Frame
from labs.live.checks import cards
from labs.models.initialise import untrained
from labs.models.lenet import LeNet5
from labs.training import Trainer, Training, overshoot
from labs.vision.adversarial.pgd import pgd
from labs.vision.adversarial.pupils import OPPONENT, Attacked, Pupil, roughness
from labs.vision.adversarial.rivals import sensitivity

LAP = 200  # steps; it then rests until it is asked to go on
LOOK = 100  # test digits looked at
RANGES = {"learning_rate": (1e-3, 0.3), "budget": (0.0, 80.0)}  # budget in 1/255


class Defence(Training):
    """Two LeNets learning side by side, looked at with one of the test digits."""

    slow = True
    every = 20
    ranges = RANGES

    def __init__(self, data: Split, *, seed: int = 1) -> None:
        self.data, self.visible = data, False
        super().__init__({"learning_rate": 0.03, "budget": 38.0}, seed)

    def _begin(self) -> None:
        model = untrained(LeNet5, torch.Generator().manual_seed(self.seed))
        how = {"learning_rate": self.settings["learning_rate"], "seed": self.seed}
        self.standard = Pupil(Trainer(model, self.data, **how))
        self.robust = Pupil(Attacked(deepcopy(model), self.data, **how))

    @property
    def model(self) -> nn.Module:
        """The net whose weights are worth keeping."""
        return self.robust.model

    @property
    def eps(self) -> float:
        """The opponent's budget, in pixel units."""
        return self.settings["budget"] / 255

    @property
    def steps(self) -> int:
        """Optimizer steps since the weights were drawn."""
        return self.robust.trainer.steps

    @property
    def eager(self) -> bool:
        """Whether it is in sight and has not been begun: a net in training is worth seeing."""
        return self.visible and self.steps == 0

    def receive(self, event: Mapping) -> None:
        """Take in a setting.  Raises ValueError in one sentence."""
        if event.get("setting") == "visible":
            self.visible = "defence" in (cards(event.get("value")) or ())
        super().receive(event)

    def step(self) -> bool:
        """Take one optimizer step; False when training has failed, and at the end of a lap."""
        return super().step() and self.steps % LAP != 0

    def _advance(self) -> str:
        rate = self.settings["learning_rate"]
        self.robust.trainer.eps = self.eps
        for pupil in (self.standard, self.robust):
            pupil.trainer.learning_rate = rate
            report = pupil.trainer.step()
            if not report.finite:
                return overshoot(report.loss, report.step, rate)
        return ""

    def _look(self) -> None:
        """Measure both on test digits."""
        for pupil in (self.standard, self.robust):
            pupil.look(self.data.x_test[:LOOK], self.data.y_test[:LOOK], self.eps)

    def frame(self) -> Frame:
        """Return filters, gradients at a test digit, and the accuracies so far."""
        x = self.data.x_test[:1]
        moved = pgd(self.model, x, self.data.y_test[:1], eps=self.eps, steps=OPPONENT)
        frame = Frame(
            maps={"pupils.clean": x[0], "pupils.attacked": moved[0]},
            values={"robustness": self._curve()},
        )
        titles = {}
        for name, pupil in (("standard", self.standard), ("robust", self.robust)):
            kernels = pupil.model.conv1.weight.detach()[:, 0]  # (6, 5, 5)
            frame.maps[f"{name}.kernels"] = kernels
            with torch.no_grad():
                said, after = pupil.model(torch.cat([x, moved])).argmax(1).tolist()
            frame.maps[f"{name}.slope"] = sensitivity(pupil.model, x, torch.tensor([said]))[0]
            titles[f"{name}.kernels"] = f"roughness {roughness(kernels):.2f}"
            titles[f"{name}.slope"] = f"it says “{said}”, attacked “{after}”"
        _, clean, attacked = self.robust.looks[-1]
        frame.notes = {
            "settings": self.settings,
            "scale": "layer",
            "colors": {f"{name}.slope": "gradient" for name in ("standard", "robust")},
            "apart": ["pupils.clean", "pupils.attacked"],
            "titles": titles
            | {"robustness": self.trouble or f"of {LOOK} test digits, opponent: PGD-{OPPONENT}"},
            "say": self.trouble
            or f"Step {self.steps}: the robust net has {clean:.0%} right, attacked {attacked:.0%}.",
        }
        return frame

    def _curve(self) -> Tensor:
        """Return (5, looks): steps; standard clean, attacked; robust clean, attacked."""
        return torch.cat([self.standard.looks.table(), self.robust.looks.table()[1:]])

    def history(self) -> dict[str, tuple[list[float], list[float]]]:
        """Return the accuracies so far, as (steps, values) by name."""
        steps, *lines = self._curve().tolist()
        names = ("standard, clean", "standard, attacked", "robust, clean", "robust, attacked")
        return {name: (steps, line) for name, line in zip(names, lines, strict=True)}
