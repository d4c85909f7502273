"""What learning from rewards asks a visitor to try."""

from typing import NamedTuple

from labs.live.challenges import Challenge
from labs.play.driving.reward import Reward


class Seen(NamedTuple):
    """What the challenges look at."""

    habit: str  # what all cars do, see `Habits.name`
    laps: tuple[tuple[int, float], ...]  # of the first car: at which decision, seconds
    track: str
    reward: Reward
    gamma: float
    count: int  # decisions under this reward


QUICK = 13.5  # seconds of a lap of the bean
CHALLENGES = (
    Challenge("own", "Draw a track, and let the first car drive a whole lap of it.",
              "What was learned on one road is a beginning on another.",
              lambda seen: seen.track == "yours" and bool(seen.laps)),
    Challenge("circles", "Find a reward without progress in it that sends the cars both ways, the "
              "wrong way, in circles, or nowhere.",
              "Pay for something that a driver does, instead of what he is there for.",
              lambda seen: not (seen.reward.progress or seen.reward.gain)
              and seen.habit in ("wrong way", "both ways", "circles", "stands")),
    Challenge("short", "Let them drive laps with a discount γ of 0.7 or less.",
              "It sees a few decisions ahead: the crash must cost when it is near.",
              lambda seen: seen.gamma <= 0.7 and seen.habit == "laps" and seen.count > 1500),
)  # fmt: skip
