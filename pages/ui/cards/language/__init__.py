"""The cards of the language lab, a module for each of its parts."""

from pages.ui.cards.language import counting, memory, training, writing
from pages.ui.cards.language.sources import SOURCES

__all__ = ["SOURCES", "counting", "memory", "training", "writing"]
