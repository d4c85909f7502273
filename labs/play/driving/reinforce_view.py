"""What there is to see of cars that learn from rewards."""

from collections.abc import Iterable, Mapping, Sequence

import torch
from torch import Tensor

from labs.live import Frame
from labs.numerals import counted, minus, written
from labs.play.driving import places as where
from labs.play.driving.actor import ActorCritic
from labs.play.driving.dqn import DQN
from labs.play.driving.eyes import beams, rays
from labs.play.driving.habits import Habits
from labs.play.driving.track import Track
from labs.play.driving.world import World
from labs.training.course import Course

FADES = 1500  # decisions after which a crash's mark is gone
WORTH = {
    "DQN": "Q: what each action is worth",
    "PPO": "the policy: how probable each action is",
    "policy gradient": "the policy: how probable each action is",
}


def places(
    frame: Frame, track: Track, learner: DQN | ActorCritic, settings: Mapping[str, object]
) -> float:
    """Add the value of every place and the policy's arrows; return the strongest value."""
    pace, limit = float(settings["pace"]), 1.0
    if settings["shown"] == "value":
        _, spots = where.cells(track)
        values = learner.value(spots.at(pace)).nan_to_num(0.0, 0.0, 0.0)
        frame.maps["road"] = where.field(track, values)
        limit = max(0.1, values.abs().max().item())
    else:
        frame.maps["road"] = torch.zeros(1, 1, 1)
    shares = learner.preferences(where.lanes(track).at(pace)).nan_to_num(0.0)
    drawn = where.arrows(track, shares) if settings["arrows"] == "yes" else torch.zeros(4, 0)
    frame.values["road.arrows"] = drawn
    return limit


def cars(
    frame: Frame, world: World, crashes: Iterable[tuple[float, float, int]], decisions: int
) -> None:
    """Add all cars, the first one's rays, and where cars crashed."""
    x, y, heading, *_ = world.cars.T
    kinds = torch.ones_like(x)
    kinds[0] = 0
    frame.values["road"] = torch.stack([x, y, heading, kinds, torch.zeros_like(x)])
    first = world.cars[:1]
    frame.values["road.rays"] = beams(first[0], rays(world.track, first)[0]).T.contiguous()
    marks = [(x, y, 1 - (decisions - when) / FADES) for x, y, when in crashes
             if decisions - when < FADES]  # fmt: skip
    frame.values["road.marks"] = torch.tensor(marks).reshape(-1, 3).T.contiguous()


def actions(frame: Frame, learner: DQN | ActorCritic, seen: Tensor) -> None:
    """Add what each action is worth to the first car, or how probable it is."""
    scores = learner.scores(seen) if isinstance(learner, DQN) else learner.preferences(seen)
    frame.values["actions"] = scores[0].nan_to_num(0.0, 0.0, 0.0)
    value = written(learner.value(seen).nan_to_num(0.0, 0.0, 0.0).item(), ".2f")
    frame.notes["titles"] = {"actions": f"{WORTH[learner.name]}; value of now {value}"}


def courses(frame: Frame, earned: Course, lives: Course) -> None:
    """Add rewards, crashes and the length of lives over decisions."""
    table = earned.table()
    empty = torch.full((2, 1), torch.nan)
    frame.values["earned"] = table[:2] if table.numel() else empty
    frame.values["crashes"] = table[[0, 2]] if table.numel() else empty
    frame.values["lives"] = lives.table() if len(lives) else empty


def words(
    frame: Frame, habits: Habits, laps: Sequence[tuple[int, float]], decisions: int,
    trouble: str, meant: str,
) -> None:  # fmt: skip
    """Add what the cars do in words; laps: of the first car; meant: what the reward is for."""
    if laps:
        when, seconds = laps[-1]
        lap = (f"The first car, which never explores, drove a whole lap in {seconds:.1f} s "
               f"(decision {when:,}).")  # fmt: skip
    else:
        lap = "The first car, which never explores, has driven no whole lap yet."
    way = minus(f"{habits.forward:.1f}")
    numbers = (f"{habits.speed:.1f} m/s, of it {way} along the lap; "
               f"{habits.crashes:.2f} crashes and {minus(f'{habits.earned:.2f}')} points a second "
               "and car.")  # fmt: skip
    frame.notes["words"] = {
        "now": [
            {"title": "What is paid for", "text": meant},
            {"title": "What they do", "text": trouble or f"{habits.text} {numbers}"},
            {"title": counted(decisions, "decision") + " of each car", "text": lap},
        ]
    }
    frame.notes["say"] = f"{habits.text} {lap}"
