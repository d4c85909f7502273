"""What a hand must search for on the translation page."""

import random

from labs.sequences.translation.chat.experiment import Chat
from labs.sequences.translation.experiment import Translate

UNSURE = "Tom gave Mary a red flower because he loves her."


def mute(lab: Translate) -> None:
    """Switch units off, the busiest first, until the sentence becomes another."""
    lab.receive({"panel": "english", "kind": "text", "value": UNSURE})
    first = lab.trace.text
    busy = lab.trace.encoded.states[0].abs().mean(0).argsort(descending=True)
    for unit in busy.tolist():
        side, row = divmod(unit, lab.net.forwards.hidden_size)
        click = {"panel": "states", "kind": "click", "unit": side, "row": row, "col": 0}
        lab.receive(click)
        if lab.trace.text != first:
            return
        lab.receive(click)


def confuse(lab: Chat) -> None:
    """Say words that it knows in any order, until it is unsure."""
    lab.receive({"setting": "world", "value": "smalltalk"})
    dice, words = random.Random(1), [w for w in lab.net.table.words if w.isalpha()]
    for _ in range(40):
        lab.receive({"setting": "anew", "value": True})
        message = " ".join(dice.sample(words, 6))
        lab.receive({"panel": "talk", "kind": "text", "value": message})
        lab.rest()
        if "unsure" in lab.met:
            return
