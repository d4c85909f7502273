"""The cards of the adversarial lab: before, what was added, after; then what becomes of it."""

from pages.ui.cards.adversarial.attack import cards
from pages.ui.cards.adversarial.defence import DEFENCE
from pages.ui.cards.adversarial.sources import SOURCES
from pages.ui.cards.adversarial.standing import standing
from pages.ui.cards.adversarial.turning import TURNING

__all__ = ["DEFENCE", "SOURCES", "TURNING", "cards", "standing"]
