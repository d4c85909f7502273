"""The cards of the digit lab: the network from left to right, then what can be asked of it."""

from collections.abc import Mapping

from labs.vision.digit import Digit
from labs.vision.digit.controls import DIGITS
from pages.ui.cards.digit.filters import KERNELS
from pages.ui.cards.digit.layers import INSPECT, NETWORK
from pages.ui.cards.digit.others import distortions, readers
from pages.ui.cards.digit.sources import SOURCES
from pages.ui.challenges import challenges_card
from pages.ui.stage import Card

__all__ = ["DIGITS", "SOURCES", "network"]


def network(accuracies: Mapping[str, float]) -> list[Card]:
    """Return the cards of the drawing, from the network to the comparison of readers."""
    return [
        NETWORK,
        INSPECT,
        challenges_card(Digit.challenges, "draw", 4),
        KERNELS,
        distortions(accuracies),
        readers(accuracies),
    ]
