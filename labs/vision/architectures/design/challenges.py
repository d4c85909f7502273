"""What the page asks a visitor to build and to teach."""

from collections.abc import Sequence

from labs.live.challenges import Challenge
from labs.vision.architectures.design.layers import Row

FEW = 4000  # parameters
GOOD, FAIR = 0.95, 0.9  # shares of the test digits


def _small(rows: Sequence[Row], parameters: int, accuracy: float, ran_away: str) -> bool:
    return parameters < FEW and accuracy >= GOOD


def _plain(rows: Sequence[Row], parameters: int, accuracy: float, ran_away: str) -> bool:
    return not any(row.kind in ("conv", "residual") for row in rows) and accuracy >= FAIR


CHALLENGES = (
    Challenge(
        "small",
        f"Read {GOOD:.0%} of the test digits with fewer than {FEW:,} parameters.",
        "Most of them sit in the last row: pool, or stride, until few numbers are left to flatten.",
        _small,
    ),
    Challenge(
        "plain",
        f"Read {FAIR:.0%} of them without any convolution.",
        "Flatten, then linear 10: one pattern for every digit is enough for most.",
        _plain,
    ),
    Challenge(
        "wild",
        "Find a learning rate at which the loss runs away.",
        "The slider goes up to 3.  A batch norm keeps a network together for long: delete it.",
        lambda rows, parameters, accuracy, ran_away: bool(ran_away),
    ),
)
