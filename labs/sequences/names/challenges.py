"""What the names page asks a visitor to try, and how it knows that it was done."""

from labs.live.challenges import Challenge
from labs.sequences.names.reading import Reading


def _minds(r: Reading) -> bool:
    return len(set(r.moving.argmax(1).tolist())) >= 7


def _sure(r: Reading) -> bool:
    return 0 < len(r.text) <= 4 and bool(r.answer.max() > 0.9)


def _split(r: Reading) -> bool:
    both = [r.answers[key] for key in ("forwards", "backwards") if key in r.answers]
    winners = {int(p.argmax()) for p in both}
    return len(winners) == 2 and all(float(p.max()) > 0.5 for p in both)


CHALLENGES = (
    Challenge("minds", "Find a name during which the answer goes through seven languages.",
        "Start like one language and end like another: long names help.", _minds),
    Challenge("sure", "Make it more than 90 % sure with four letters or fewer.",
        "Vietnamese and Chinese names are short; Irish ones have their own beginnings.", _sure),
    Challenge("split",
        "Set the forward and the backward reader against each other, each more than half sure.",
        "Each reader remembers best what it read last.", _split),
)  # fmt: skip
