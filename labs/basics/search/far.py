"""Trials that are trained on the cluster: several methods' at once, with the same results.

What a method proposes depends on its own losses alone, so its trials come out as they would one
after the other.  Between two rungs a trial's weights are kept as safetensors.
"""

from safetensors.torch import load, save

from labs.basics.search.objectives import OBJECTIVES
from labs.basics.search.race import Race
from labs.basics.search.racers import Racer, Trial
from labs.basics.search.space import Values
from labs.cluster.stream import Stream


def train(
    key: str, values: Values, seed: int, done: int, goal: int, weights: bytes
) -> tuple[list[float], bytes]:
    """Train a trial of an objective from `done` epochs up to `goal`; return the loss after each
    epoch, and the weights, from which it can be gone on with.
    """
    run = OBJECTIVES[key].begin(values, seed)
    if weights:
        for name, tensor in load(weights).items():
            run.tensors()[int(name)].data.copy_(tensor)
        run.count = done
    else:
        for _ in range(done):
            run.epoch()
    losses = [run.epoch() for _ in range(goal - done)]
    kept = {str(k): t.detach().contiguous() for k, t in enumerate(run.tensors())}
    return losses, save(kept)


class Far:
    """A race whose epochs are trained by workers."""

    def __init__(self, race: Race, owner: str) -> None:
        """owner: whose race it is; owners take turns."""
        self.race, self.calls = race, Stream(owner)

    def step(self) -> bool:
        """Send what can be trained now, and take in what has come; False when all is spent.

        Raises RuntimeError where there is no cluster.
        """
        busy = [trial for _, trial, _ in self.calls.left()]
        for racer in self.race.racers.values():
            for trial in racer.batch():
                if not any(trial is other for other in busy):
                    self._send(racer, trial)
        if not self.calls:
            return False
        for (racer, trial, _), (losses, weights) in self.calls.come():
            trial.weights = weights
            for loss in losses[: racer.budget - racer.spent]:
                racer.note(trial, loss)
                self.race.steps += 1
        if self.calls.trouble:
            raise RuntimeError(self.calls.trouble)
        return True

    def _send(self, racer: Racer, trial: Trial) -> None:
        """Submit a trial up to its goal, as far as the budget goes."""
        while len(trial.losses) < min(trial.goal, len(racer.known.get(trial.number, ()))):
            racer.train(trial)  # the journal knows it
        sent = sum(epochs for r, _, epochs in self.calls.left() if r is racer)
        done = len(trial.losses)
        goal = min(trial.goal, done + racer.budget - racer.spent - sent)
        if goal > done and not trial.lost:
            call = (racer.objective.key, trial.values, racer.seed, done, goal, trial.weights)
            self.calls.send((racer, trial, goal - done), train, *call)
