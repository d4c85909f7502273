"""The card of the n-grams: what counting writes, and the weighted die."""

from labs.sequences.language.dice import TYPED, Dice
from pages.ui.stage import Card, Panel, Transport

ROLLED = Panel(
    "text", "rolled", "Written by counting", "click a token", "",
    "the text, coloured by back-off",
    {"input": "Type a beginning", "rows": 12, "columns": 88, "limit": TYPED},
)  # fmt: skip
DIE = Panel(
    "ranks", "die", "The weighted die", "", "", "what followed, and how often",
    {"count": 12, "width": 300, "label": 12, "told": 16, "lively": True, "die": True},
)  # fmt: skip


def cards(lab: Dice) -> list[Card]:
    """Return the card of the n-grams; the text decides how it begins."""
    return [Card("dice", ((ROLLED,), (DIE,)), (Transport(step="roll"), *lab.controls))]
