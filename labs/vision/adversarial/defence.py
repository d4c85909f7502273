"""Adversarial training, live: the same LeNet twice from the same weights, one with an opponent.

That gradients then look like the digit itself: Tsipras et al., "Robustness may be at odds with
accuracy", https://arxiv.org/abs/1805.12152
"""

from copy import deepcopy

import torch
from torch import Tensor, nn

from labs.data import Split
from labs.data.digits import small
from labs.live import Frame
from labs.live.controls import Button, Knob, Value
from labs.models.initialise import untrained
from labs.models.lenet import LeNet5
from labs.training import Trainer, Training, overshoot
from labs.vision.adversarial.pgd import pgd
from labs.vision.adversarial.rivals import sensitivity
from labs.vision.adversarial.training import OPPONENT, AttackedTrainer, TrainedNet, roughness

LAP = 200  # steps; it then rests until it is asked to go on
LOOK = 100  # test digits looked at
CONTROLS = (
    Knob("learning_rate", "learning rate", 1e-3, 0.3, 0.03, log=True),
    Knob("budget", "opponent's ε", 0, 80, 38, unit="/255"),
    Button("again", "Same weights again"),
    Button("fresh", "New weights"),
)


class Defence(Training):
    """Two LeNets learning side by side, looked at with one of the test digits."""

    name = "defence"
    controls = CONTROLS
    slow = True
    every = 20

    def __init__(self, data: Split | None = None, *, seed: int = 1) -> None:
        """data: scikit-learn's digits if None."""
        self.data = data or small()
        super().__init__(seed)

    def _begin(self) -> None:
        model = untrained(LeNet5, torch.Generator().manual_seed(self.seed))
        how = {"learning_rate": self.settings["learning_rate"], "seed": self.seed}
        self.standard = TrainedNet(Trainer(model, self.data, **how))
        self.robust = TrainedNet(AttackedTrainer(deepcopy(model), self.data, **how))

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
        return "defence" in (self.visible_cards or ()) and self.steps == 0

    def changed(self, name: str, before: Value) -> None:
        """Measure again what another opponent does to nets that have not begun."""
        if name == "budget" and self.steps == 0:
            self._look()

    def step(self) -> bool:
        """Take one optimizer step; False when training has failed, and at the end of a lap."""
        return super().step() and self.steps % LAP != 0

    def _advance(self) -> str:
        rate = self.settings["learning_rate"]
        self.robust.trainer.eps = self.eps
        for net in (self.standard, self.robust):
            net.trainer.learning_rate = rate
            report = net.trainer.step()
            if not report.finite:
                return overshoot(report.loss, report.step, rate)
        return ""

    def _look(self) -> None:
        """Measure both on test digits."""
        for net in (self.standard, self.robust):
            net.look(self.data.x_test[:LOOK], self.data.y_test[:LOOK], self.eps)

    def show(self) -> Frame:
        """Return filters, gradients at a test digit, and the accuracies so far."""
        x = self.data.x_test[:1]
        moved = pgd(self.model, x, self.data.y_test[:1], eps=self.eps, steps=OPPONENT)
        frame = Frame(
            maps={"pupils.clean": x[0], "pupils.attacked": moved[0]},
            values={"robustness": self._curve()},
        )
        titles = {}
        for name, net in (("standard", self.standard), ("robust", self.robust)):
            kernels = net.model.conv1.weight.detach()[:, 0]  # (6, 5, 5)
            frame.maps[f"{name}.kernels"] = kernels
            with torch.no_grad():
                says, after = net.model(torch.cat([x, moved])).argmax(1).tolist()
            frame.maps[f"{name}.slope"] = sensitivity(net.model, x, torch.tensor([says]))[0]
            titles[f"{name}.kernels"] = f"roughness {roughness(kernels):.2f}"
            titles[f"{name}.slope"] = f"it says “{says}”, attacked “{after}”"
        _, clean, attacked = self.robust.looks[-1]
        frame.notes = {
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
