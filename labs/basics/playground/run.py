"""One run: a net, its points and its settings, trained batch by batch, and what became of it."""

import math
from dataclasses import dataclass

import torch
from torch import Tensor

from labs.basics.playground.task import Task
from labs.models.dense import OPTIMIZERS, SCHEDULES, Dense, Layer, Training, initialise, train_step
from labs.models.dense.penalties import penalty

KEPT = 1200  # moments of the history; when it is full, every other one is let go
SEEDS = 1_000_003  # apart, so that the orders of two seeds share no epoch


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


@dataclass(frozen=True)
class Moment:
    """One point of the curves."""

    epoch: int
    train: float
    test: float
    train_score: float
    test_score: float


@dataclass(frozen=True)
class Sample:
    """Points as a net takes them: x (features, N) in float64, y (N,), targets (outputs, N)."""

    x: Tensor
    y: Tensor
    t: Tensor


@dataclass(frozen=True)
class Origin:
    """Where the exported script starts: an epoch, the parameters, batch norm's statistics."""

    epoch: int
    theta: Tensor
    running: list


class Run:
    """A net in training on `train`, watched on `test`.

    The batches of an epoch depend on the seed and on the epoch alone, so that a run can be repeated
    from anywhere.  Another `setup` of the same shape may be put in at any time; it holds from the
    next epoch on.
    """

    def __init__(self, setup: Setup, train: Sample, test: Sample, net: Dense | None = None) -> None:
        self.setup = setup
        self.take(train, test)
        self.net = setup.net(len(train.x)) if net is None else net
        self.first = self.net.theta.clone()
        self.epoch = self.steps = 0
        self.history: list[Moment] = []
        self.fault: tuple[int, int] | None = None  # step and layer at which a number was lost
        self._order, self._drop = torch.Generator(), torch.Generator()
        self.rebase()
        self.look()

    def take(self, train: Sample, test: Sample) -> None:
        """Go on with other points."""
        self.train, self.test = train, test
        self.both = torch.cat([train.x, test.x], 1)

    def rebase(self) -> None:
        """Begin a new story from the weights as they are now, with a fresh optimizer."""
        self.optimizer = OPTIMIZERS[self.setup.optimizer]()
        running = [r and (r.mean.clone(), r.variance.clone()) for r in self.net.running]
        self.origin = Origin(self.epoch, self.net.theta.clone(), running)
        self.used: dict[int, Setup] = {}  # the setup from an epoch on, as the story went
        self._batches: list[tuple[Tensor, Tensor]] = []

    @property
    def taken(self) -> int:
        """Batches of this epoch that have been trained on."""
        size = min(self.setup.batch, self.train.x.shape[1])
        return -(-self.train.x.shape[1] // size) - len(self._batches) if self._batches else 0

    def _begin(self) -> None:
        """Begin an epoch: what has been set since the last one holds from here on."""
        now = list(self.used.values())[-1] if self.used else self.setup
        if self.setup.optimizer != now.optimizer:
            self.optimizer = OPTIMIZERS[self.setup.optimizer]()
        if self.setup != now or not self.used:
            self.used[self.epoch] = self.setup
        seed = self.setup.seed * SEEDS + self.epoch
        self._drop.manual_seed(seed)
        self._order.manual_seed(seed)
        self._batches = self.batches()
        self._how = self.how()

    def batches(self) -> list[tuple[Tensor, Tensor]]:
        """Return the epoch's batches, x and targets, in the order of its seed."""
        n = self.train.x.shape[1]
        order = torch.randperm(n, generator=self._order)
        x, t = self.train.x.index_select(1, order), self.train.t.index_select(1, order)
        size = min(self.setup.batch, n)
        return list(zip(x.split(size, 1), t.split(size, 1), strict=True))

    def how(self) -> Training:
        """Return the settings of a step now."""
        s = self.setup
        rate = s.learning_rate * SCHEDULES[s.schedule](self.epoch, s.total)
        return Training(s.task.loss, rate, s.l1, s.l2, s.max_norm)

    def step(self) -> None:
        """Train on one batch."""
        if not self._batches:
            self._begin()
        x, t = self._batches.pop(0)
        train_step(self.net, x, t, self.optimizer, self._how, self._drop)
        self.steps += 1
        if not self._batches:
            self.epoch += 1
            self.look()

    def finish_epoch(self) -> bool:
        """Train to the end of the epoch; False when the numbers have run away."""
        if not self._batches:
            self._begin()
        before, batches, steps = self.net.theta.clone(), list(self._batches), self.steps
        self.step()
        while self._batches:
            self.step()
        if self.finite:
            return True
        self.fault = self._search(before, batches, steps)
        return False

    @property
    def finite(self) -> bool:
        """Whether the last losses are still numbers."""
        return math.isfinite(self.history[-1].train)

    def look(self) -> None:
        """Note losses and scores as they are now."""
        n = self.train.x.shape[1]
        output = self.net.forward(self.both).output  # one pass for both parts
        train, score = self._evaluate(output[:, :n], self.train)
        test, test_score = self._evaluate(output[:, n:], self.test)
        moment = Moment(self.epoch, train, test, score, test_score)
        if self.history and self.history[-1].epoch == self.epoch:
            self.history.pop()
        self.history.append(moment)
        if len(self.history) > KEPT:
            self.history = self.history[:-1:2] + self.history[-1:]

    def output(self, sample: Sample) -> Tensor:
        """Return what the net says of a sample, (outputs, N); valid until the next pass."""
        return self.net.forward(sample.x).output

    def _evaluate(self, output: Tensor, sample: Sample) -> tuple[float, float]:
        if output.shape[1] == 0:
            return math.nan, math.nan
        task = self.setup.task
        return task.loss.value(output, sample.t).item(), task.score(output, sample.y)

    def _search(self, theta: Tensor, batches: list, step: int) -> tuple[int, int]:
        """Walk the lost epoch again from theta; return step and layer of the first lost number.

        An optimizer with a memory starts this walk without it, so its step may be some too late.
        """
        net, walker = self.setup.net(len(self.train.x)), OPTIMIZERS[self.setup.optimizer]()
        net.theta.copy_(theta)
        for k, (x, t) in enumerate(batches, 1):
            train_step(net, x, t, walker, self._how, self._drop)
            for layer, z in enumerate(net.forward(x).z):
                if not z.isfinite().all():
                    return step + k, layer
        return self.steps, len(net.layers) - 1

    def gradient(self) -> Tensor:
        """Return the gradient of the training loss, all points at once."""
        p = self.net.forward(self.train.x)
        return self.net.backward(p, self.setup.task.loss.slope(p.output, self.train.t))

    def regular(self) -> float:
        """Return the penalty that the steps add to the loss."""
        return penalty(self.net, self.setup.l1, self.setup.l2).item()
