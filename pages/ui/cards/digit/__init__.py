"""The cards of the digit lab: the network from left to right, then what can be asked of it."""

from collections.abc import Mapping, Sequence

from labs.live.challenges import Challenge
from pages.ui.cards.digit.controls import CONTROLS, DIGITS
from pages.ui.cards.digit.filters import KERNELS
from pages.ui.cards.digit.layers import INSPECT, NETWORK
from pages.ui.cards.digit.others import distortions, readers
from pages.ui.cards.digit.sources import SOURCES
from pages.ui.challenges import challenges_card
from pages.ui.stage import Card

__all__ = ["CONTROLS", "DIGITS", "SOURCES", "network"]


def network(challenges: Sequence[Challenge], accuracies: Mapping[str, float]) -> list[Card]:
    """Return the cards of the drawing, from the network to the comparison of readers."""
    return [
        NETWORK,
        INSPECT,
        challenges_card(challenges, "draw", 4),
        KERNELS,
        distortions(accuracies),
        readers(accuracies),
    ]
