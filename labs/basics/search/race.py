"""A race: every method has the same number of epochs to spend on one objective."""

from collections.abc import Sequence

import torch
from torch import Tensor

from labs.basics.search.objectives import Objective
from labs.basics.search.racers import NAMES, YOU, Racer, Trial

POINTS = 120  # of a curve of the best loss against what was spent


class Race:
    """The racers on one objective with one seed.  A step is one epoch of the one who has spent
    least.
    """

    def __init__(
        self, objective: Objective, trainings: int, seed: int, eta: int,
        names: Sequence[str] = NAMES,
    ) -> None:  # fmt: skip
        """trainings: how many full trainings each may spend; eta: of halving and Hyperband."""
        self.objective, self.seed = objective, seed
        self.budget = trainings * objective.epochs
        self.racers = {name: Racer(name, objective, self.budget, seed, eta) for name in names}
        self.steps = 0

    def step(self) -> bool:
        """Train one epoch; False when everybody is through, or waits for a hand."""
        for racer in sorted(self.racers.values(), key=lambda r: r.spent):
            if racer.spent < racer.budget and (batch := racer.batch()):
                racer.train(batch[0])
                self.steps += 1
                return True
        return False

    @property
    def over(self) -> bool:
        """Whether all methods are through; you may rest before your budget is spent."""
        return all(racer.over for name, racer in self.racers.items() if name != YOU)

    def costs(self) -> Tensor:
        """Return the epochs at which `curve` tells the best loss, (POINTS,)."""
        return torch.linspace(1, self.budget, POINTS).round()

    def curve(self, name: str) -> Tensor:
        """Return the best loss of a racer by each of `costs`, (POINTS,); NaN before its first epoch
        and after what it has spent.
        """
        racer, costs = self.racers[name], self.costs()
        found = torch.full((POINTS,), torch.nan)
        for spent, loss in racer.course:
            found[costs >= spent] = loss
        found[costs > racer.spent] = torch.nan
        if racer.over and name != YOU and racer.course:  # through: the best stays what it is
            found[costs > racer.spent] = racer.course[-1][1]
        return found

    def every_trial(self) -> list[tuple[str, Trial]]:
        """Return all trials with whose they are, racer by racer."""
        return [(name, trial) for name, racer in self.racers.items() for trial in racer.trials]
