"""Who proposes the next trial, and how long it is trained: six methods, and you.

Optuna's samplers propose settings (https://optuna.org); grid, successive halving and Hyperband are
laid out here, since Optuna's own pruners decide trial by trial and know no rungs of many.
"""

import math
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import optuna
import torch
from optuna.samplers import BaseSampler, GPSampler, RandomSampler, TPESampler
from optuna.trial import TrialState

from labs.basics.search import halving, space
from labs.basics.search.objectives import Objective, Run

optuna.logging.set_verbosity(optuna.logging.WARNING)
STARTS = 9  # trials at random before a model of the losses is believed
WORST = 2.0  # times the loss of guessing: what a method is told of a training that ran away


@dataclass
class Trial:
    """One training: where it is in the space, its losses so far, and how it ended."""

    number: int
    unit: space.Unit
    values: space.Values
    known: optuna.Trial | None = None
    goal: int = 0  # epochs that it is trained up to now
    bracket: int = 0
    losses: list[float] = field(default_factory=list)
    run: Run | None = None
    weights: bytes = b""  # safetensors, of a trial that is trained elsewhere
    state: str = "trains"  # then "done", or "cut"

    @property
    def loss(self) -> float:
        """The lowest loss so far, as who keeps the best weights has it; infinite before."""
        return min((v for v in self.losses if math.isfinite(v)), default=math.inf)

    @property
    def lost(self) -> bool:
        """Whether the numbers ran away."""
        return bool(self.losses) and not math.isfinite(self.losses[-1])


Plan = Iterator[Sequence[Trial]]  # trials that are trained to their goals before it goes on


class Racer:
    """One method with its trials and what it has spent.  It never spends more than its budget."""

    def __init__(self, name: str, objective: Objective, budget: int, seed: int, eta: int) -> None:
        """budget: epochs; seed: of proposals and weights; eta: of halving and Hyperband."""
        self.name, self.objective, self.budget, self.eta = name, objective, budget, eta
        self.seed = seed
        self.study = optuna.create_study(sampler=_SAMPLERS[name](1000 * seed + NAMES.index(name)))
        self.trials: list[Trial] = []
        self.spent = 0
        self.course: list[tuple[int, float]] = []  # epochs spent, and the best loss, when it fell
        self.best: Trial | None = None
        self.waiting: deque[space.Unit] = deque()  # places that you have pointed at
        self.known: Mapping[int, list[float]] = {}  # losses by trial, as a journal has them
        self.finished: Callable[[Racer, Trial], None] = lambda racer, trial: None
        self._plan: Plan | None = _PLANS[name](self)
        self._batch: Sequence[Trial] = ()

    @property
    def over(self) -> bool:
        """Whether it has nothing more to train."""
        return self.spent >= self.budget or self._plan is None

    def batch(self) -> list[Trial]:
        """Return the trials that are to be trained further now, in any order; [] when it is over,
        or when it waits for a hand.
        """
        left = [t for t in self._batch if len(t.losses) < t.goal and not t.lost]
        while not left and self._plan is not None and self.spent < self.budget:
            self._batch = next(self._plan, ())
            left = [t for t in self._batch if len(t.losses) < t.goal and not t.lost]
            if not self._batch:
                if self.name != YOU:
                    self._plan = None
                break
        return left

    def train(self, trial: Trial) -> None:
        """Train one epoch of a trial, unless the journal knows what comes of it."""
        known = self.known.get(trial.number, ())
        if len(trial.losses) < len(known):
            self.note(trial, known[len(trial.losses)])
            return
        if trial.run is None:
            trial.run = self.objective.begin(trial.values, self.seed)
            for _ in trial.losses:  # the same seed goes the same way again
                trial.run.epoch()
        self.note(trial, trial.run.epoch())

    def note(self, trial: Trial, loss: float) -> None:
        """Take in the loss after one epoch more."""
        trial.losses.append(loss)
        self.spent += 1
        if math.isfinite(loss) and (self.best is None or loss < self.best.loss or
                                    (self.best is trial and loss <= trial.loss)):  # fmt: skip
            self.best = trial
        if self.best is trial and (not self.course or trial.loss < self.course[-1][1]):
            self.course.append((self.spent, trial.loss))
        if self.spent >= self.budget:
            for left in self.trials:
                if left.state == "trains":
                    self.tell(left, "done" if len(left.losses) == self.objective.epochs else "cut")

    def ask(self, unit: space.Unit | None = None) -> Trial:
        """Return a trial where the method wants it, or at a place."""
        axes = self.objective.axes
        if unit is not None:
            self.study.enqueue_trial(space.values(axes, unit))
        asked = self.study.ask({axis.name: axis.distribution() for axis in axes})
        values = {axis.name: asked.params[axis.name] for axis in axes}
        where = unit or space.places(axes, values)
        trial = Trial(len(self.trials), where, values, asked, self.objective.epochs)
        self.trials.append(trial)
        return trial

    def tell(self, trial: Trial, state: str) -> None:
        """Let the study know how a trial ended; of its weights only the best one's are kept."""
        trial.state = state
        for epoch, loss in enumerate(trial.losses, 1):
            if math.isfinite(loss):
                trial.known.report(loss, epoch)
        worst = WORST * self.objective.guess
        if state == "done":
            self.study.tell(trial.known, min(trial.loss, worst))
        else:
            self.study.tell(trial.known, state=TrialState.PRUNED)
        if trial is not self.best:
            trial.run, trial.weights = None, b""
        self.finished(self, trial)


def _one_by_one(racer: Racer) -> Plan:
    """Every trial is trained to the end, and the next is asked for when its loss is known."""
    while racer.spent < racer.budget:
        trial = racer.ask()
        yield [trial]
        racer.tell(trial, "done")


def _grid(racer: Racer) -> Plan:
    most = racer.budget // racer.objective.epochs
    nodes = space.grid(len(racer.objective.axes), most)
    generator = torch.Generator().manual_seed(racer.seed)
    for k in torch.randperm(len(nodes), generator=generator).tolist():
        trial = racer.ask(nodes[k])
        yield [trial]
        racer.tell(trial, "done")


def _yours(racer: Racer) -> Plan:
    while True:
        if not racer.waiting:
            yield []
            continue
        trial = racer.ask(racer.waiting.popleft())
        yield [trial]
        racer.tell(trial, "done")


def _halve(racer: Racer, rungs: halving.Rungs, bracket: int) -> Plan:
    """Train many trials a little, and of each rung the best ones on."""
    going = [racer.ask() for _ in range(rungs[0][0])]
    for trial in going:
        trial.bracket = bracket
    for count, goal in rungs:
        going, cut = sorted(going, key=lambda t: t.loss)[:count], going
        for trial in cut:
            if trial not in going:
                racer.tell(trial, "cut")
        for trial in going:
            trial.goal = goal
        yield going
    for trial in going:
        racer.tell(trial, "done" if rungs[-1][1] == racer.objective.epochs else "cut")


def _halving(racer: Racer) -> Plan:
    """The deepest bracket, again and again."""
    rungs = halving.hyperband(racer.objective.epochs, racer.eta)[0]
    while True:
        yield from _halve(racer, rungs, len(rungs) - 1)


def _hyperband(racer: Racer) -> Plan:
    """All brackets, from the deepest to none, again and again."""
    while True:
        for rungs in halving.hyperband(racer.objective.epochs, racer.eta):
            yield from _halve(racer, rungs, len(rungs) - 1)


def _random(seed: int) -> BaseSampler:
    return RandomSampler(seed=seed)


YOU = "you"
_SAMPLERS: Mapping[str, Callable[[int], BaseSampler]] = {
    "grid": _random,
    "random": _random,
    "GP": lambda seed: GPSampler(seed=seed, n_startup_trials=STARTS),
    "TPE": lambda seed: TPESampler(seed=seed, n_startup_trials=STARTS),
    "halving": _random,
    "Hyperband": _random,
    YOU: _random,
}
_PLANS: Mapping[str, Callable[[Racer], Plan]] = {
    "grid": _grid, "random": _one_by_one, "GP": _one_by_one, "TPE": _one_by_one,
    "halving": _halving, "Hyperband": _hyperband, YOU: _yours,
}  # fmt: skip
NAMES = tuple(_PLANS)
