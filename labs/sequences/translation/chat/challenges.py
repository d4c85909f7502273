"""Challenges in a conversation."""

import itertools
from collections.abc import Mapping

from labs.data.helpdesk.desk import read
from labs.data.words import cut
from labs.live.challenges import Challenge
from labs.sequences.translation.chat.examples import EXAMPLES
from labs.sequences.translation.chat.talk import Talk

_LINES = {line for world in EXAMPLES.values() for lines in world.values() for line in lines}
Place = tuple[int, int] | None


def _untouched(talk: Talk) -> bool:
    return not any(turn.forced for turn in talk.turns)


def _wifi(talk: Talk, settings: Mapping, limit: float, chosen: Place) -> bool:
    """Whether the help desk has named the advice for one device's wifi, and taken its leave."""
    if settings["world"] != "helpdesk" or not _untouched(talk):
        return False
    readings = [read(" ".join(cut(text))) for text in talk.messages[1::2]]
    joined = [i for i, r in enumerate(readings) if r.advice.startswith("join")]
    return bool(joined) and any(r.closes for r in readings[joined[0] :])


def _unsure(talk: Talk, settings: Mapping, limit: float, chosen: Place) -> bool:
    """Whether known words alone have made an answer of its own less sure than usual."""
    for turn, answer in zip(talk.turns, talk.answers, strict=True):
        known = not answer.unknown and turn.message not in _LINES and not turn.forced
        if known and float(answer.entropies.mean()) > limit:
            return True
    return False


def _alike(talk: Talk, settings: Mapping, limit: float, chosen: Place) -> bool:
    """Whether two messages of the visitor's own without a common word have one answer."""
    if settings["world"] != "smalltalk" or not _untouched(talk):
        return False
    own = [
        ({w for w in cut(turn.message) if w.isalpha()}, answer.tokens)
        for turn, answer in zip(talk.turns, talk.answers, strict=True)
        if turn.message not in _LINES
    ]
    return any(
        a[1] == b[1] and len(a[0]) > 1 and len(b[0]) > 1 and not a[0] & b[0]
        for a, b in itertools.combinations(own, 2)
    )


CHALLENGES = (
    Challenge("wifi", "Have the help desk repair your wifi, up to its goodbye.",
        "Begin anew; say that other devices get in, answer what it asks, and end with “no, bye”.",
        _wifi),
    Challenge("unsure", "Make it unsure with words that it knows, every one.",
        "Words of its own dialogues in an order that no dialogue has.", _unsure),
    Challenge("alike", "In small talk, find two questions without a common word and with the same "
        "answer.", "Ask for one thing in two ways: what does it know of hunger, of age, of fun?",
        _alike),
)  # fmt: skip
