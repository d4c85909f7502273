"""The cards of the adversarial lab: before, what was added, after; then what becomes of it."""

from pages.ui.cards.adversarial.after import SURVIVAL
from pages.ui.cards.adversarial.attack import cards
from pages.ui.cards.adversarial.controls import controls
from pages.ui.cards.adversarial.defence import DEFENCE
from pages.ui.cards.adversarial.sources import SOURCES
from pages.ui.cards.adversarial.turning import turning

__all__ = ["DEFENCE", "SOURCES", "SURVIVAL", "cards", "controls", "turning"]
