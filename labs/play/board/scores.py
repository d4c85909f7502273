"""Games that were played to their end, and what they say of who played them."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan, sqrt

from labs.play.board.position import Played

Score = tuple[int, float, float]  # games, share of the points, its standard error


@dataclass(frozen=True)
class Match:
    """A game that was played to its end, and who played it."""

    first: str
    second: str
    played: Played

    @property
    def sides(self) -> tuple[str, str]:
        """Who moved first, and who second."""
        return self.first, self.second

    @property
    def points(self) -> float:
        """Of who moved first: 1, a half, or 0."""
        return (1 + self.played.result) / 2


def score(games: Sequence[Match], one: str, other: str | None = None) -> Score:
    """Return the score of one against another, or against all; NaN before the first game."""
    points = [g.points for g in games if g.first == one and other in (None, g.second)]
    points += [1 - g.points for g in games if g.second == one and other in (None, g.first)]
    return summary(points)


def summary(points: Sequence[float]) -> Score:
    """Return how many points there are, their mean, and its standard error.

    The error is that of a share q with one point more and one lost: sqrt(q (1 - q) / (n + 2)), or
    else two games won would be certain to be won again (Agresti & Coull, 1998,
    https://doi.org/10.1080/00031305.1998.10480550).
    """
    n = len(points)
    if not n:
        return 0, nan, nan
    q = (sum(points) + 1) / (n + 2)
    return n, sum(points) / n, sqrt(q * (1 - q) / (n + 2))


def told(score: Score) -> str:
    """Return a score in few characters: 0.75 ±.10, or a dash."""
    n, mean, error = score
    return f"{mean:.2f} ±{error:.2f}".replace("±0", "±") if n else "–"
