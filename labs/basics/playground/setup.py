"""What decides a run: the net's shape, its task, the settings of a step.  And where one begins."""

from dataclasses import dataclass

import torch
from torch import Tensor

from labs.basics.playground.task import Task
from labs.models.dense import SCHEDULES, Dense, Layer, Training, initialise


@dataclass(frozen=True)
class Setup:
    """Everything that decides a run beside its points."""

    layers: tuple[Layer, ...]  # without the output
    task: Task
    init: str = "Xavier"
    optimizer: str = "SGD"
    learning_rate: float = 0.03
    schedule: str = "constant"
    total: int = 1000  # epochs that the schedule is laid out for
    batch: int = 10
    l1: float = 0.0
    l2: float = 0.0
    max_norm: float = 0.0
    seed: int = 1

    def net(self, inputs: int, copies: int | None = None) -> Dense:
        """Return the net of this setup with its initial weights, in float64."""
        output = Layer(self.task.outputs, self.task.activation)
        net = Dense(inputs, (*self.layers, output), copies=copies, dtype=torch.float64)
        return initialise(net, self.init, torch.Generator().manual_seed(self.seed))

    def how(self, epoch: int) -> Training:
        """Return the settings of a step in an epoch."""
        rate = self.learning_rate * SCHEDULES[self.schedule](epoch, self.total)
        return Training(self.task.loss, rate, self.l1, self.l2, self.max_norm)


@dataclass(frozen=True)
class Origin:
    """Where the exported script starts: an epoch, the parameters, batch norm's statistics."""

    epoch: int
    theta: Tensor
    running: list


def origin_of(net: Dense, epoch: int) -> Origin:
    """Return the net's numbers as they are now."""
    running = [r and (r.mean.clone(), r.variance.clone()) for r in net.running]
    return Origin(epoch, net.theta.clone(), running)
