"""The playground's cards, its controls and its sources."""

from pages.ui.cards.playground.cards import playground
from pages.ui.cards.playground.controls import CONTROLS, FROM_LINK
from pages.ui.cards.playground.sources import SOURCES

__all__ = ["CONTROLS", "FROM_LINK", "SOURCES", "playground"]
