"""Sixteen nets at once: the same points and batches, another learning rate or seed for each."""

from dataclasses import replace

import torch
from torch import Tensor

from labs.basics.playground.run import Run
from labs.basics.playground.setup import Setup
from labs.models.dense import OPTIMIZERS, SCHEDULES, Training, initialise, train_step
from labs.numerals import written

COPIES = 16
LOW, HIGH = 1e-4, 3.0  # learning rates, even steps of the logarithm


def rates() -> Tensor:
    """Return the learning rates that are tried: (COPIES,)."""
    ends = (torch.tensor(end).log10().item() for end in (LOW, HIGH))
    return torch.logspace(*ends, COPIES, dtype=torch.float64)


class Sweep:
    """Sixteen copies of a run's net in one, its frozen weights in each.  what: "rate" or "seed"."""

    def __init__(self, run: Run, what: str) -> None:
        self.what = what
        self.run = run
        self.copies = COPIES
        self.setup = run.setup
        self.net = run.setup.net(len(run.train.x), COPIES)
        free = run.net.free
        self.net.free = None if free is None else free.clone()
        self.rates: Tensor | float = run.setup.learning_rate
        self.seeds = [(run.setup.seed - 1 + k) % 999 + 1 if what == "seed" else run.setup.seed
                      for k in range(COPIES)]  # fmt: skip
        one = run.setup.net(len(run.train.x))
        for k, seed in enumerate(self.seeds):
            initialise(one, run.setup.init, torch.Generator().manual_seed(seed))
            first = one.theta if what == "seed" else run.first
            self.net.theta[k] = first if free is None else first.where(free, run.net.theta)
        if what == "rate":
            self.rates = rates()[:, None]
        self.optimizer = OPTIMIZERS[run.setup.optimizer]()
        self.epoch = 0
        self._order = torch.Generator()
        self._drop = torch.Generator()

    def finish_epoch(self) -> bool:
        """Train all of them for one epoch."""
        s, train = self.setup, self.run.train
        self._order.manual_seed(s.seed * 1_000_003 + self.epoch)
        self._drop.manual_seed(s.seed * 1_000_003 + self.epoch)
        order = torch.randperm(train.x.shape[1], generator=self._order)
        x, t = train.x.index_select(1, order), train.t.index_select(1, order)
        rate = self.rates * SCHEDULES[s.schedule](self.epoch, s.total)
        how = Training(s.task.loss, rate, s.l1, s.l2, s.max_norm)
        for a, b in zip(x.split(s.batch, 1), t.split(s.batch, 1), strict=True):
            train_step(self.net, a, b, self.optimizer, how, self._drop)
        self.epoch += 1
        return True

    def losses(self) -> Tensor:
        """Return the test loss of each, or of the training points where there are no others."""
        sample = self.run.test if self.run.test.x.shape[1] else self.run.train
        return self.setup.task.loss.value(self.net.forward(sample.x).output, sample.t)

    def labels(self) -> list[str]:
        """Return what sets each apart."""
        if self.what == "seed":
            return [f"seed {seed}" for seed in self.seeds]
        return [f"η {written(rate, '.2g')}" for rate in self.rates.flatten().tolist()]

    def settings(self, k: int) -> dict[str, float | int]:
        """Return the setting of copy k that differs."""
        if self.what == "seed":
            return {"seed": self.seeds[k]}
        return {"learning_rate": float(self.rates[k])}

    def adopt(self, k: int, setup: Setup) -> Run:
        """Return a run that goes on from copy k."""
        net = replace(setup).net(len(self.run.train.x))
        net.theta.copy_(self.net.theta[k])
        free = self.net.free
        net.free = None if free is None else free.clone()
        for mine, theirs in zip(net.running, self.net.running, strict=True):
            if mine is not None and theirs is not None:
                mine.mean.copy_(theirs.mean[k])
                mine.variance.copy_(theirs.variance[k])
        run = Run(setup, self.run.train, self.run.test, net)
        run.epoch = self.epoch
        run.rebase()
        run.forget()
        return run
