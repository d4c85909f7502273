"""A race: several optimizers from one start, each with its own settings and its own state."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import torch
from torch import Tensor

from labs.basics.optimizers.surfaces import Surface
from labs.models.dense.optimizers import (
    SGD,
    Adagrad,
    Adam,
    Momentum,
    Nesterov,
    Optimizer,
    RMSProp,
)

NAMES = ("SGD", "momentum", "Nesterov", "RMSProp", "Adagrad", "Adam")
LOST = 1e8  # a coordinate beyond this counts as diverged


def make(name: str, settings: Mapping[str, float]) -> Optimizer:
    """Return a fresh optimizer; settings: "mu", "nesterov_mu", "rho", "beta1", "beta2"."""
    match name:
        case "SGD":
            return SGD()
        case "momentum":
            return Momentum(settings["mu"])
        case "Nesterov":
            return Nesterov(settings["nesterov_mu"])
        case "RMSProp":
            return RMSProp(settings["rho"])
        case "Adagrad":
            return Adagrad()
    return Adam(settings["beta1"], settings["beta2"])


@dataclass
class Runner:
    """One ball: where it is, how it came there, and what its last step was made of."""

    name: str
    optimizer: Optimizer
    theta: Tensor  # (2,) in float64
    path: list[tuple[float, float]] = field(default_factory=list)
    losses: list[float] = field(default_factory=list)  # of the full batch, along the path
    gradient: Tensor | None = None  # that the last step used
    step: Tensor | None = None  # the last step itself
    lost: int | None = None  # the step at which it diverged

    def move(self, gradient: Tensor, learning_rate: float) -> None:
        """Take one step, unless the ball is lost."""
        if self.lost is not None:
            return
        before = self.theta.clone()
        self.optimizer.step(self.theta, gradient, learning_rate)
        self.gradient, self.step = gradient, self.theta - before
        here = tuple(self.theta.tolist())
        if not all(abs(v) < LOST for v in here):  # NaN compares false
            self.lost = len(self.path)
            self.theta.copy_(before)
            return
        self.path.append(here)

    def trail(self, low: Sequence[float], high: Sequence[float]) -> Tensor:
        """Return its way, (moments, 3): place and loss, NaN where it is not in low..high."""
        known = zip(self.path, self.losses, strict=False)  # the last place may not be weighed yet
        rows = torch.tensor([(*place, loss) for place, loss in known], dtype=torch.float64)
        inside = (rows[:, :2] >= torch.tensor(low)) & (rows[:, :2] <= torch.tensor(high))
        return rows.where(inside.all(1, keepdim=True), torch.nan)

    def velocity(self) -> Tensor | None:
        """Return the direction that momentum or a moving mean has gathered, if there is one."""
        if isinstance(self.optimizer, Momentum):
            return self.optimizer.v
        if isinstance(self.optimizer, Adam) and self.optimizer.m is not None:
            return self.optimizer.m / (1 - self.optimizer.beta1**self.optimizer.t)
        return None

    def scaling(self, learning_rate: float) -> Tensor:
        """Return the effective learning rate of each coordinate, (2,)."""
        o = self.optimizer
        if isinstance(o, Adam) and o.v is not None:
            return learning_rate / ((o.v / (1 - o.beta2**o.t)).sqrt() + o.eps)
        if isinstance(o, RMSProp | Adagrad) and o.s is not None:
            return learning_rate / (o.s.sqrt() + o.eps)
        return torch.full((2,), learning_rate, dtype=torch.float64)


class Race:
    """All runners on one surface.  Every step, all of them see the same batch."""

    def __init__(
        self,
        surface: Surface,
        start: tuple[float, float],
        settings: Mapping[str, float],
        *,
        seed: int = 0,
    ) -> None:
        self.surface = surface
        self.start = start
        self.steps = 0
        self.generator = torch.Generator().manual_seed(seed)
        self.runners = [
            Runner(name, make(name, settings), torch.tensor(start, dtype=torch.float64), [start])
            for name in NAMES
        ]
        self._weigh()

    def step(self, rates: Mapping[str, float], batch: int) -> bool:
        """Move every ball once; False when all are lost."""
        points = torch.stack([runner.theta for runner in self.runners])
        gradients = self.surface.gradient(points, batch, self.generator)
        for runner, gradient in zip(self.runners, gradients, strict=True):
            runner.move(gradient, rates[runner.name])
        self.steps += 1
        self._weigh()
        return any(runner.lost is None for runner in self.runners)

    def _weigh(self) -> None:
        """Note the loss at which every ball has arrived."""
        points = torch.stack([runner.theta for runner in self.runners])
        for runner, loss in zip(self.runners, self.surface.value(points).tolist(), strict=True):
            if runner.lost is None:
                runner.losses.append(loss)

    def losses(self) -> Tensor:
        """Return the loss of every ball at every step, (K, steps + 1); NaN once it is lost."""
        found = torch.full((len(self.runners), self.steps + 1), torch.nan, dtype=torch.float64)
        for k, runner in enumerate(self.runners):
            found[k, : len(runner.losses)] = torch.tensor(runner.losses, dtype=torch.float64)
        return found

    def trails(self) -> Tensor:
        """Return where every ball has been, (K, steps + 1, 2); NaN once it is lost."""
        found = torch.full((len(self.runners), self.steps + 1, 2), torch.nan, dtype=torch.float64)
        for k, runner in enumerate(self.runners):
            found[k, : len(runner.path)] = torch.tensor(runner.path, dtype=torch.float64)
        return found
