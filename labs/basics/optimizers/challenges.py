"""What the page asks a visitor to try, and how it knows that it was done."""

from collections.abc import Mapping

import torch

from labs.basics.optimizers.curvature import curvatures
from labs.basics.optimizers.race import Race
from labs.live.challenges import Challenge

Settings = Mapping[str, str | float]


def _edge(s: Settings, race: Race) -> bool:
    if s["surface"] != "ravine":
        return False
    sgd = race.runners[0]
    _, high = curvatures(race.surface, torch.zeros(2, dtype=torch.float64))
    over = float(s["sgd"]) * high / 2
    grows = sgd.lost is not None or sgd.losses[-1] > 2 * sgd.losses[0]
    return 1 < over < 1.1 and grows


def _valley(s: Settings, race: Race) -> bool:
    there = [r.losses[-1] < 0.01 and r.lost is None for r in race.runners]
    far = (race.start[0] - 1) ** 2 + (race.start[1] - 1) ** 2 > 0.6**2
    return s["surface"] == "rosenbrock" and far and race.steps <= 200 and any(there)


def _apart(s: Settings, race: Race) -> bool:
    if s["surface"] != "himmelblau":
        return False
    minima = torch.tensor(race.surface.minima, dtype=torch.float64)
    ends = set()
    for runner in race.runners:
        far = (minima - runner.theta).norm(dim=1)
        if runner.lost is None and far.min() < 0.1:
            ends.add(int(far.argmin()))
    return len(ends) >= 2


def _saddle(s: Settings, race: Race) -> bool:
    if s["surface"] != "saddle" or race.start == race.surface.start:
        return False
    height = {r.name: abs(r.theta[1].item()) for r in race.runners if r.lost is None}
    return height.get("SGD", 9) < 0.3 and max(height.get("Adam", 0), height.get("RMSProp", 0)) > 1.5


def _calm(s: Settings, race: Race) -> bool:
    sgd = race.runners[0]
    return (
        s["surface"] == "noisy" and s["batch"] <= 4 and race.steps >= 60 and sgd.lost is None
        and max(sgd.losses[-20:]) < 0.05
    )  # fmt: skip


CHALLENGES = (
    Challenge(
        "edge",
        "On the ravine, make SGD diverge with a learning rate less than 10 % above its limit.",
        "The limit is 2/λ with λ = 25; give it enough steps.",
        _edge,
    ),
    Challenge(
        "valley",
        "Bring one ball below a loss of 0.01 on Rosenbrock in 200 steps, from 0.6 away or more.",
        "Adam bears a much larger learning rate than the others.",
        _valley,
    ),
    Challenge(
        "apart",
        "Send the balls into two different minima of Himmelblau from one start.",
        "Start near the hill in the middle, where valleys part.",
        _apart,
    ),
    Challenge(
        "saddle",
        "From a start of your own on the saddle, let Adam or RMSProp be far away while SGD hangs "
        "there.",
        "Start close to y = 0 and stop the race early.",
        _saddle,
    ),
    Challenge(
        "calm",
        "On the noisy bowl with a batch of 4 or less, keep SGD below 0.05 for its last 20 steps.",
        "What noise leaves over is proportional to the learning rate.",
        _calm,
    ),
)
