"""What pole balancing asks a visitor to try."""

from typing import NamedTuple

from labs.live.challenges import Challenge
from labs.play.driving.pole import HALF


class Seen(NamedTuple):
    """What the challenges look at."""

    mean: float  # decisions that the last lives took
    half: float  # half the pole's length, metres
    method: str
    since: int  # decisions since the last push, 0 without one
    fell: int  # poles that have fallen since then
    gamma: float


CHALLENGES = (
    Challenge("up", "Let the poles stay up for 400 decisions on average.",
              "PPO takes about a minute of play.", lambda seen: seen.mean >= 400),
    Challenge("pushed", "Push all carts, and have at most four of the sixteen poles fall in the "
              "second after that.", "Learn first, then push.",
              lambda seen: 50 <= seen.since < 100 and seen.fell <= 4 and seen.mean > 0),
    Challenge("short", "Balance poles of half the length or less for 200 decisions on average.",
              "A short pole falls faster: let it learn anew, or go there slowly.",
              lambda seen: seen.half <= HALF / 2 and seen.mean >= 200),
)  # fmt: skip
