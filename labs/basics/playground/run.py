"""One run: a net, its points and its settings, trained batch by batch, and what became of it."""

import math
from collections.abc import Sequence

import torch
from torch import Tensor

from labs.basics.playground.exam import Exam, Moment, Sample
from labs.basics.playground.setup import Setup, origin_of
from labs.models.dense import OPTIMIZERS, Dense, Training, train_step
from labs.models.dense.penalties import penalty
from labs.training.course import Course

KEPT = 1200  # moments of the history
LARGEST = 1e18  # a number whose square a float32 just holds: beyond, numbers have run away
SEEDS = 1_000_003  # apart, so that the orders of two seeds share no epoch


class Run:
    """A net in training on `train`, watched on `test`.

    The batches of an epoch depend on the seed and on the epoch alone, so that a run can be repeated
    from anywhere.  Another `setup` of the same shape may be put in at any time; it holds from the
    next epoch on.
    """

    def __init__(self, setup: Setup, train: Sample, test: Sample, net: Dense | None = None) -> None:
        self.setup = setup
        self.set_points(train, test)
        self.net = setup.net(len(train.x)) if net is None else net
        self.first = self.net.theta.clone()
        self.epoch = self.steps = 0
        self.course: Course[Moment] = Course(KEPT)
        self.fault: tuple[int, int] | None = None  # step and layer at which numbers ran away
        self._order, self._drop = torch.Generator(), torch.Generator()
        self.rebase()
        self.look()

    def set_points(self, train: Sample, test: Sample) -> None:
        """Go on with other points."""
        self.train, self.test = train, test
        self.exam = Exam(self.setup.task, train, test)
        # points and targets in the order of an epoch, whose batches are cut out of them
        self.shuffled: tuple[Tensor, Tensor] = torch.empty_like(train.x), torch.empty_like(train.t)
        self._cut = 0  # the batch size that they are cut into

    def rebase(self) -> None:
        """Begin a new story from the weights as they are now, with a fresh optimizer."""
        self.optimizer = OPTIMIZERS[self.setup.optimizer]()
        self.origin = origin_of(self.net, self.epoch)
        self.used: dict[int, Setup] = {}  # the setup from an epoch on, as the story went
        self._batches: list[tuple[Tensor, Tensor]] = []

    def begin_from(self, theta: Tensor) -> None:
        """Begin again from these weights."""
        self.net.theta.copy_(theta)
        self.first = theta.clone()
        self.rebase()
        self.forget()

    @property
    def untouched(self) -> bool:
        """Whether the net is as it was drawn: neither trained, nor changed by a hand."""
        if self.epoch or self.steps or self.net.free is not None:
            return False
        return self.net.theta.equal(self.setup.net(len(self.train.x)).theta)

    @property
    def taken(self) -> int:
        """Batches of this epoch that have been trained on."""
        size = min(self.setup.batch, self.train.x.shape[1])
        return -(-self.train.x.shape[1] // size) - len(self._batches) if self._batches else 0

    def begin_epoch(self) -> None:
        """Begin an epoch: what has been set since the last one holds from here on."""
        if self.setup.optimizer != self.optimizer.name:
            self.optimizer = OPTIMIZERS[self.setup.optimizer]()
        if not self.used or self.setup != next(reversed(self.used.values())):
            self.used[self.epoch] = self.setup
        seed = self.setup.seed * SEEDS + self.epoch
        self._drop.manual_seed(seed)
        self._order.manual_seed(seed)
        self._batches = self.batches()
        self._how, self._setup = self.how(), self.setup

    def batches(self) -> list[tuple[Tensor, Tensor]]:
        """Return the epoch's batches, x and targets, in the order of its seed; the next epoch's
        lie in the same memory.
        """
        n = self.train.x.shape[1]
        size = min(self.setup.batch, n)
        if size != self._cut:  # cutting takes longer than filling
            x, t = (room.split(size, 1) for room in self.shuffled)
            self._cut, self._pieces = size, list(zip(x, t, strict=True))
        order = torch.randperm(n, generator=self._order)
        for all_of_it, room in zip((self.train.x, self.train.t), self.shuffled, strict=True):
            torch.index_select(all_of_it, 1, order, out=room)
        return list(self._pieces)

    def how(self) -> Training:
        """Return the settings of a step now."""
        return self.setup.how(self.epoch)

    @property
    def judged_by(self) -> Setup:
        """The setup that explains the run: the present one; of a lost run, that of its end."""
        return self._setup if self.fault else self.setup

    @torch.inference_mode()
    def step(self) -> None:
        """Train on one batch."""
        if not self._batches:
            self.begin_epoch()
        x, t = self._batches.pop(0)
        train_step(self.net, x, t, self.optimizer, self._how, self._drop)
        self.steps += 1
        if not self._batches:
            self.epoch += 1
            self.look()

    @torch.inference_mode()
    def finish_epoch(self) -> bool:
        """Train to the end of the epoch; False when the numbers have run away."""
        if not self._batches:
            self.begin_epoch()
        before = self.net.theta.clone()
        for x, t in self._batches:
            train_step(self.net, x, t, self.optimizer, self._how, self._drop)
        p = self.net.forward(self.exam.x)
        return self.end_epoch(before, self.exam.mark(self.epoch + 1, p.output), p.h)

    def end_epoch(self, before: Tensor, moment: Moment, seen: Sequence[Tensor]) -> bool:
        """Note what training on the rest of the epoch has made of the parameters `before`, as
        `note` does; False when the numbers have run away.
        """
        batches, self._batches = self._batches, []
        self.steps += len(batches)
        self.epoch = moment.epoch
        self.note(moment, seen)
        if not self.history[-1].train < LARGEST**2:  # NaN compares false
            self.fault = self._search(before, batches)
        return self.fault is None

    def look(self) -> None:
        """Note losses and scores as they are now."""
        p = self.net.forward(self.exam.x)
        self.note(self.exam.mark(self.epoch, p.output), p.h)

    def note(self, moment: Moment, seen: Sequence[Tensor]) -> None:
        """Note losses and scores, and what the layers make of all points, those of training first,
        (units, N) each.
        """
        self.seen = seen
        if not self.history or not moment.epoch:
            self.least = math.inf  # of the test losses so far
        self.least = min(self.least, moment.test)
        self.course.note(moment)

    @property
    def history(self) -> Sequence[Moment]:
        """Losses and scores so far, at even distances, the newest last."""
        return self.course.moments

    def forget(self) -> None:
        """Begin a new history with things as they are now."""
        self.course = Course(KEPT)
        self.look()

    def output(self, sample: Sample) -> Tensor:
        """Return what the net says of a sample, (outputs, N); valid until the next pass."""
        return self.net.forward(sample.x).output

    def _search(self, theta: Tensor, batches: list) -> tuple[int, int]:
        """Walk the lost epoch again from theta; return step and layer of the first large number.

        An optimizer with a memory starts this walk without it, so its step may be some too late.
        """
        net, walker = self.setup.net(len(self.train.x)), OPTIMIZERS[self.setup.optimizer]()
        net.theta.copy_(theta)
        net.free = self.net.free
        for step, (x, t) in enumerate(batches, self.steps - len(batches) + 1):
            train_step(net, x, t, walker, self._how, self._drop)
            for layer, z in enumerate(net.forward(x).z):
                if not z.abs().max() < LARGEST:
                    return step, layer
        return self.steps, len(net.layers) - 1

    def gradient(self) -> Tensor:
        """Return the gradient of the training loss, all points at once."""
        p = self.net.forward(self.train.x)
        return self.net.backward(p, self.setup.task.loss.slope(p.output, self.train.t))

    def regular(self) -> float:
        """Return the penalty that the steps add to the loss."""
        return penalty(self.net, self.setup.l1, self.setup.l2).item()
