"""Adversarial training, live: the same LeNet twice from the same weights, one with an opponent.

Madry et al., "Towards deep learning models resistant to adversarial attacks",
https://arxiv.org/abs/1706.06083: train on what the attack makes of each batch.  That gradients
then look like the digit itself: Tsipras et al., "Robustness may be at odds with accuracy",
https://arxiv.org/abs/1805.12152
"""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field

import torch
from safetensors.torch import save
from torch import Tensor, nn

from labs.data import Split
from labs.live import Frame
from labs.live.checks import number, shown
from labs.models.initialise import initialise
from labs.models.lenet import LeNet5
from labs.training import Report, Trainer
from labs.vision.adversarial.pgd import pgd

EVERY = 20  # steps between two looks at the test digits
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


class Defence:
    """Two LeNets learning side by side, looked at with one of the test digits."""

    slow = True

    def __init__(self, data: Split, *, seed: int = 1) -> None:
        self.data, self.seed = data, seed
        self.settings: dict[str, float] = {"learning_rate": 0.03, "budget": 38.0}
        self._begin()

    def _begin(self) -> None:
        """Begin again with the weights and batches of this seed."""
        with torch.device("meta"):  # without weights: torch would draw them from the global seed
            empty = LeNet5()
        generator = torch.Generator().manual_seed(self.seed)
        model = initialise(empty.to_empty(device="cpu"), generator)
        how = {"learning_rate": self.settings["learning_rate"], "seed": self.seed}
        self.standard = Pupil(Trainer(model, self.data, **how))
        self.robust = Pupil(Attacked(deepcopy(model), self.data, **how))
        self.trouble = ""
        self._set()
        self._look()

    def _set(self) -> None:
        for pupil in (self.standard, self.robust):
            pupil.trainer.learning_rate = self.settings["learning_rate"]
        self.robust.trainer.eps = self.eps

    @property
    def eps(self) -> float:
        """The opponent's budget, in pixel units."""
        return self.settings["budget"] / 255

    @property
    def steps(self) -> int:
        """Optimizer steps since the weights were drawn."""
        return self.robust.trainer.steps

    def receive(self, event: Mapping) -> None:
        """Take in a setting.  Raises ValueError in one sentence."""
        name, value = event.get("setting"), event.get("value")
        if isinstance(name, str) and name in RANGES:
            self.settings[name] = number(value, *RANGES[name], name.replace("_", " "))
            self._set()
        elif name == "again":
            self._begin()
        elif name == "fresh":
            self.seed += 1
            self._begin()
        elif name != "visible":
            raise ValueError(f"Adversarial training has no setting {shown(name)}.")

    def step(self) -> bool:
        """Take one optimizer step with each net; False when the numbers have run away."""
        if self.trouble:
            return False
        for pupil in (self.standard, self.robust):
            report = pupil.trainer.step()
            pupil.reports.append(report)
            if not report.finite:
                self.trouble = (
                    f"The loss became {report.loss} at step {report.step}: at a learning rate of "
                    f"{self.settings['learning_rate']:.2g} the steps overshoot."
                )
                return False
        if self.steps % EVERY == 0:
            self._look()
        return True

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

    def weights(self) -> bytes:
        """Return the robust net's weights as they are now, as safetensors."""
        return save({k: w.contiguous() for k, w in self.robust.model.state_dict().items()})


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
