"""What the page asks a visitor to try, and how it knows that it was done."""

from collections.abc import Mapping

from torch import Tensor

from labs.basics.search.race import Race
from labs.basics.search.racers import YOU
from labs.live.challenges import Challenge

Settings = Mapping[str, str | float]
FEW = 8  # trainings of yours
ENOUGH = 10  # races


def _ahead(s: Settings, race: Race, curves: Mapping[str, Tensor]) -> bool:
    mine, random = race.racers[YOU], race.racers["random"]
    return (
        race.over and 0 < len(mine.trials) <= FEW and mine.best is not None
        and random.best is not None and mine.best.loss < random.best.loss
    )  # fmt: skip


def _cut(s: Settings, race: Race, curves: Mapping[str, Tensor]) -> bool:
    """A trial of Hyperband that was better than the winner of its bracket at an early epoch."""
    trials = race.racers["Hyperband"].trials
    best = race.racers["Hyperband"].best
    if best is None or len(best.losses) < race.objective.epochs or s["objective"] == "surface":
        return False
    rivals = [t for t in trials if t.bracket == best.bracket and t is not best and t.losses]
    return any(t.losses[0] < best.losses[0] and t.state == "cut" for t in rivals)


def _seeds(s: Settings, race: Race, curves: Mapping[str, Tensor]) -> bool:
    ends = {name: curve[:, -1] for name, curve in curves.items() if name != YOU}
    if any(len(e) < ENOUGH or not e.isfinite().all() for e in ends.values()):
        return False
    return min(ends, key=lambda n: ends[n].mean()) != min(ends, key=lambda n: ends[n][0])


CHALLENGES = (
    Challenge(
        "ahead",
        f"Beat random search with at most {FEW} trainings of your own, once the first race is "
        "over.",
        "Look where the bright dots are, in all three pictures of the space, and point between "
        "them.",
        _ahead,
    ),
    Challenge(
        "slow",
        "With real nets, see Hyperband's best trial overtake one that was better after its first "
        "epoch and was cut.",
        "Let a race on digits run, then choose Hyperband: lines cross.",
        _cut,
    ),
    Challenge(
        "luck",
        f"Run {ENOUGH} races or more and find that the winner of the first is not the best on "
        "average.",
        "Turn up the number of races; another first seed gives another winner.",
        _seeds,
    ),
)
