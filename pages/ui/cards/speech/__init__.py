"""The cards of the speech lab, a module for each of its parts."""

from pages.ui.cards.speech import listening, summing
from pages.ui.cards.speech.sources import SOURCES

__all__ = ["SOURCES", "listening", "summing"]
