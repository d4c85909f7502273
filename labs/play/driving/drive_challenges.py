"""What driving asks a visitor to try."""

from typing import NamedTuple

from labs.live.challenges import Challenge
from labs.play.driving.trip import Lap


class Seen(NamedTuple):
    """What the challenges look at."""

    laps: tuple[Lap, ...]  # the last ones, the newest last
    taught: frozenset[tuple[str, bool]]  # tracks in the data, and whether backwards
    corrections: int  # of the net since it failed here first: left the road, or stopped
    track: str
    back: bool


def _alone(seen: Seen) -> bool:
    """Whether the last lap was the net's, without help and without leaving the road."""
    last = seen.laps[-1] if seen.laps else None
    return last is not None and last.driver == "net" and not (last.helped or last.exits)


CHALLENGES = (
    Challenge("own", "Draw a track, and let the net drive a whole lap of it by itself.",
              "Draw, record a lap, and wait until it has the wheel for a lap.",
              lambda seen: seen.track == "yours" and _alone(seen)),
    Challenge("back", "Let it drive a lap in a direction that it was never shown.",
              "What is left in one direction is right in the other: the mirror.",
              lambda seen: _alone(seen) and (seen.track, seen.back) not in seen.taught
              and (seen.track, not seen.back) in seen.taught),
    Challenge("corrected", "Correct a net that leaves the road or stops, until it drives a lap "
              "without you.",
              "Turn round where it knows one direction alone; the script may correct it for you.",
              lambda seen: _alone(seen) and seen.corrections > 0),
)  # fmt: skip
