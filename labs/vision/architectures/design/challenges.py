"""What the page asks a visitor to build and to teach."""

from typing import TYPE_CHECKING

from labs.live.challenges import Challenge

if TYPE_CHECKING:
    from labs.vision.architectures.learning import Learning

FEW = 4000  # parameters
GOOD, FAIR = 0.95, 0.9  # shares of the test digits


def _small(lab: "Learning") -> bool:
    parameters = sum(p.numel() for p in lab.model.parameters())
    return parameters < FEW and lab.tests[-1][2] >= GOOD


def _plain(lab: "Learning") -> bool:
    local = any(row.kind in ("conv", "residual") for row in lab.rows)
    return not local and lab.tests[-1][2] >= FAIR


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
        lambda lab: bool(lab.trouble),
    ),
)
