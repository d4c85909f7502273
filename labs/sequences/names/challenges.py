"""What the names page asks a visitor to try, and how it knows that it was done."""

from typing import TYPE_CHECKING

from labs.data.names import LANGUAGES
from labs.live.challenges import Challenge

if TYPE_CHECKING:
    from labs.sequences.names.experiment import Names


def _minds(lab: "Names") -> bool:
    return len(lab.name) > 1 and len(set(lab.moving().argmax(1).tolist())) >= 7


def _sure(lab: "Names") -> bool:
    if not lab.name or len(lab.read) > 4:
        return False
    p = next(iter(lab.answers().values()))
    return bool(p.max() > 0.9)


def _split(lab: "Names") -> bool:
    if not lab.name or not {"forwards", "backwards"} <= lab.readers.keys():
        return False
    answers = lab.answers()
    said = {LANGUAGES[int(answers[key].argmax())] for key in ("forwards", "backwards")}
    sure = all(float(answers[key].max()) > 0.5 for key in ("forwards", "backwards"))
    return len(said) == 2 and sure


CHALLENGES = (
    Challenge(
        "minds",
        "Find a name during which the answer goes through seven languages.",
        "Start like one language and end like another: long names help.",
        _minds,
    ),
    Challenge(
        "sure",
        "Make it more than 90 % sure with four letters or fewer.",
        "Vietnamese and Chinese names are short; Irish ones have their own beginnings.",
        _sure,
    ),
    Challenge(
        "split",
        "Set the forward and the backward reader against each other, each more than half sure.",
        "Each reader remembers best what it read last.",
        _split,
    ),
)
