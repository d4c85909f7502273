"""Adversarial training, live: the same LeNet twice from the same weights, one with an opponent.

Madry et al., "Towards deep learning models resistant to adversarial attacks",
https://arxiv.org/abs/1706.06083: train on what the attack makes of each batch.  That gradients
then look like the digit itself: Tsipras et al., "Robustness may be at odds with accuracy",
https://arxiv.org/abs/1805.12152
"""

from copy import deepcopy
from dataclasses import dataclass, field

import torch
from torch import Tensor, nn

from labs.data import Split
from labs.live import Frame
from labs.models.initialise import untrained
from labs.models.lenet import LeNet5
from labs.training import Report, Trainer, Training, overshoot
from labs.vision.adversarial.pgd import pgd

LOOK = 100  # test digits looked at
RAMP = 100  # steps in which the opponent grows to its full size; the net would give up otherwise
OPPONENT = 3  # steps of PGD, in training and when it is looked at
RANGES = {"learning_rate": (1e-3, 0.3), "budget": (0.0, 80.0)}  # budget in 1/255


class Attacked(Trainer):
    """A trainer whose batches are attacked before the net sees them."""

    eps = 0.0

    def _next(self) -> tuple[Tensor, Tensor]:
        x, y = super()._next()
        eps = self.eps * min(1.0, self.steps / RAMP)
        if eps == 0:
            return x, y
        return pgd(
            self.model, x, y, eps=eps, steps=OPPONENT, random_start=True, generator=self._generator
        ), y


@dataclass
class Pupil:
    """A net in training and what was measured of it."""

    trainer: Trainer
    reports: list[Report] = field(default_factory=list)
    looks: list[tuple[int, float, float]] = field(default_factory=list)  # step, clean, attacked

    @property
    def model(self) -> nn.Module:
        """The net."""
        return self.trainer.model


class Defence(Training):
    """Two LeNets learning side by side, looked at with one of the test digits."""

    slow = True
    every = 20
    ranges = RANGES

    def __init__(self, data: Split, *, seed: int = 1) -> None:
        self.data = data
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

    def _advance(self) -> str:
        rate = self.settings["learning_rate"]
        self.robust.trainer.eps = self.eps
        for pupil in (self.standard, self.robust):
            pupil.trainer.learning_rate = rate
            report = pupil.trainer.step()
            pupil.reports.append(report)
            if not report.finite:
                return overshoot(report.loss, report.step, rate)
        return ""

    def _look(self) -> None:
        """Measure both on test digits, clean and under the opponent at its full size."""
        x, y = self.data.x_test[:LOOK], self.data.y_test[:LOOK]
        for pupil in (self.standard, self.robust):
            moved = pgd(pupil.model, x, y, eps=self.eps, steps=OPPONENT)
            with torch.no_grad():
                shares = [(pupil.model(z).argmax(1) == y).float().mean().item() for z in (x, moved)]
            pupil.looks.append((self.steps, *shares))

    def frame(self) -> Frame:
        """Return filters, gradients at a test digit, and the accuracies so far."""
        x = self.data.x_test[:1]
        frame = Frame(values={"robustness": self._curve()})
        titles = {}
        for name, pupil in (("standard", self.standard), ("robust", self.robust)):
            kernels = pupil.model.conv1.weight.detach()[:, 0]  # (6, 5, 5)
            frame.maps[f"{name}.kernels"] = kernels
            said, gradient = _reading(pupil.model, x)
            frame.maps[f"{name}.slope"] = gradient
            _, clean, attacked = pupil.looks[-1]
            titles[f"{name}.kernels"] = f"roughness {roughness(kernels):.2f}"
            titles[f"{name}.slope"] = f"of “{said}”: {clean:.0%} clean, {attacked:.0%} attacked"
        _, clean, attacked = self.robust.looks[-1]
        frame.notes = {
            "settings": self.settings,
            "scale": "layer",
            "colors": {f"{name}.slope": "gradient" for name in ("standard", "robust")},
            "titles": titles
            | {"robustness": self.trouble or f"of {LOOK} test digits, opponent: PGD-{OPPONENT}"},
            "say": self.trouble
            or f"Step {self.steps}: the robust net has {clean:.0%} right, attacked {attacked:.0%}.",
        }
        return frame

    def _curve(self) -> Tensor:
        """Return (5, looks): steps; standard clean, attacked; robust clean, attacked."""
        rows = [
            (a[0], a[1], a[2], b[1], b[2])
            for a, b in zip(self.standard.looks, self.robust.looks, strict=True)
        ]
        return torch.tensor(rows, dtype=torch.float32).T.contiguous()

    def history(self) -> dict[str, tuple[list[float], list[float]]]:
        """Return the accuracies so far, as (steps, values) by name."""
        steps, *lines = self._curve().tolist()
        names = ("standard, clean", "standard, attacked", "robust, clean", "robust, attacked")
        return {name: (steps, line) for name, line in zip(names, lines, strict=True)}


def roughness(kernels: Tensor) -> float:
    """Return the mean difference of neighbours over the mean size, for kernels: (K, H, W)."""
    down, across = kernels.diff(dim=1).abs().mean(), kernels.diff(dim=2).abs().mean()
    return ((down + across) / 2 / kernels.abs().mean().clamp_min(1e-12)).item()


def _reading(model: nn.Module, x: Tensor) -> tuple[int, Tensor]:
    """Return the class of x: (1, 1, 28, 28), and its logit's gradient (1, 28, 28)."""
    with torch.enable_grad():
        x = x.detach().requires_grad_()
        logits = model(x)[0]
        said = int(logits.argmax())
        (gradient,) = torch.autograd.grad(logits[said], x)
    return said, gradient[0]
