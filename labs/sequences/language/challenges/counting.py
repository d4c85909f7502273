"""Challenges for a text that is written by counting."""

from labs.live.challenges import Challenge
from labs.sequences.language.throws import Throws

OFTEN = 10  # times that a context came
COPIED = 20  # throws


def _certain(text: Throws) -> bool:
    if text.selected is None and text.count:  # the dice came there, nobody looked for it
        return False
    found = text.found()
    return found.order > 1 and len(found.tokens) == 1 and int(found.counts[0]) >= OFTEN


def _unheard(text: Throws) -> bool:
    typed = text.selected is None and text.count == 0 and bool(text.written)
    return typed and text.n >= 3 and text.found().order == 1


COUNTING = (
    Challenge(
        "certain",
        f"Find a context that came {OFTEN} times or more and left no choice: one continuation, "
        "always the same.",
        "Only what stands within n counts: try n = 2 after a common word, or click in the text.",
        _certain,
    ),
    Challenge(
        "unheard",
        "Type a beginning that no one ever wrote, so that n = 3 or more backs off all the way to "
        "n = 1.",
        "One word or character that the text lacks is enough, if it is the last.",
        _unheard,
    ),
    Challenge(
        "copies",
        f"Turn it into a copyist: {COPIED} throws in a row in which the die has a single face.",
        "The longer the context, the rarer it is. Take the largest n, and let it roll.",
        lambda text: text.forced >= COPIED,
    ),
)
