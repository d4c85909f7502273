"""The card of the n-grams: what counting writes, and the weighted die."""

from collections.abc import Sequence
from dataclasses import replace

from labs.live.challenges import Challenge
from pages.ui.challenges import challenges_card
from pages.ui.stage import Button, Card, Choice, Knob, Panel, Transport

N = Knob("n", "n", 1, 8, 5)
TOKEN = Choice("unit", "over", (("characters", "characters"), ("words", "words")), "characters",
               shown=True)  # fmt: skip
SEED = Knob("dice_seed", "seed", 0, 99, 1)
CONTROLS = (N, TOKEN, SEED)


def cards(cows: bool, challenges: Sequence[Challenge]) -> list[Card]:
    """Return the cards of the n-grams; the cows' example begins over words, with n = 3."""
    rolled = Panel(
        "text", "rolled", "Written by counting", "click a token", "",
        "the text, coloured by back-off",
        {"input": "Type a beginning", "rows": 12, "columns": 88, "limit": 300},
    )  # fmt: skip
    die = Panel(
        "ranks", "die", "The weighted die", "", "", "what followed, and how often",
        {"count": 12, "width": 300, "label": 12, "told": 16, "lively": True, "die": True},
    )  # fmt: skip
    usual = {"n": 3, "unit": "words"} if cows else {}
    controls = tuple(replace(c, default=usual.get(c.name, c.default)) for c in CONTROLS)
    counted = Card(
        "dice",
        columns=((rolled,), (die,)),
        controls=(Transport(step="roll"), *controls, Button("again", "From the beginning")),
    )
    return [counted, challenges_card(challenges, "roll")]
