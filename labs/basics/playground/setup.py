"""What decides a run: the net's shape, its task, the settings of a step.  And where one begins."""

from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor

from labs.basics.playground.task import Task
from labs.live.controls import Value
from labs.models.dense import SCHEDULES, Dense, Layer, Training, initialise

MOST_LAYERS, MOST_UNITS = 6, 12
NO_LAYER = "none"


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


def sizes(text: str) -> list[int]:
    """Return the hidden layers in a text such as "4,2" or "none".  Raises ValueError."""
    try:
        found = [] if text == NO_LAYER else [int(part) for part in text.split(",")]
    except ValueError:
        found = [0]
    if len(found) > MOST_LAYERS or not all(1 <= n <= MOST_UNITS for n in found):
        raise ValueError(
            f"The layers are at most {MOST_LAYERS} numbers from 1 to {MOST_UNITS}, such as 4,2."
        )
    return found


def setup_of(s: Mapping[str, Value], classes: int) -> Setup:
    """Return what the settings decide of a run, for points of so many classes."""
    names = s["activation"].split(",")
    layers = tuple(
        Layer(n, names[min(i, len(names) - 1)], s["norm"] == "on", s["dropout"])
        for i, n in enumerate(sizes(s["layers"]))
    )
    same = ("init", "optimizer", "learning_rate", "schedule", "total", "batch", "l1", "l2",
            "max_norm", "seed")  # fmt: skip
    return Setup(layers, Task(s["loss"], classes), **{name: s[name] for name in same})


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
