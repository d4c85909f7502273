"""What pole balancing asks a visitor to try."""

from typing import NamedTuple

from labs.live.challenges import Challenge
from labs.play.driving.pole import HALF


class Seen(NamedTuple):
    """What the challenges look at."""

    mean: float  # decisions that the last lives took
    half: float  # half the pole's length, metres
    method: str
    before: float  # the same when the carts were pushed last, 0 if they never were
    gamma: float


CHALLENGES = (
    Challenge("up", "Let the poles stay up for 400 decisions on average.",
              "PPO takes about a minute of play.", lambda seen: seen.mean >= 400),
    Challenge("pushed", "Push all carts when they stay up for 200 decisions on average, and let "
              "them come back to 300.",
              "What falls after the push is learned from, too.",
              lambda seen: seen.before >= 200 and seen.mean >= 300),
    Challenge("short", "Balance poles of half the length or less for 200 decisions on average.",
              "A short pole falls faster: let it learn anew, or go there slowly.",
              lambda seen: seen.half <= HALF / 2 and seen.mean >= 200),
)  # fmt: skip
