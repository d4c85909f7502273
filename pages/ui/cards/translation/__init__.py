"""The cards of the translation lab, a module for each of its parts."""

from pages.ui.cards.translation import bottleneck, learning, translating
from pages.ui.cards.translation.sources import SOURCES

__all__ = ["SOURCES", "bottleneck", "learning", "translating"]
