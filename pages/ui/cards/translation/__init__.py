"""The cards of the translation lab, a module for each of its parts."""

from pages.ui.cards.translation import bottleneck, chat, learning, shorten, translating
from pages.ui.cards.translation.sources import SOURCES

__all__ = ["SOURCES", "bottleneck", "chat", "learning", "shorten", "translating"]
