"""Challenges for a network that writes."""

from labs.live.challenges import Challenge
from labs.sequences.language.look import Look

SHOCK = 12.0  # bits


def period(text: str, longest: int = 330, times: int = 3) -> int:
    """Return the shortest stretch that text ends with `times` times in a row; 0 if none."""
    for length in range(2, longest + 1):
        end = text[-length * times :]
        if len(end) == length * times and end == end[:length] * times:
            return length
    return 0


def _shock(look: Look) -> bool:
    return look.typed and bool((look.page.bits[: look.own] > SHOCK).any())


def _loop(look: Look) -> bool:
    cold = look.settings["temperature"] < 0.5
    return cold and look.steps > 100 and period(look.page.text) > 2


def _tracker(look: Look) -> bool:
    return look.settings["color"] in ("h", "c") and any(
        m.feature == "position in the line"
        and abs(m.correlation) > 0.6
        and (m.layer, m.unit) == (look.layer, look.unit)
        for m in look.matches
    )


def _twin(look: Look) -> bool:
    stretch = look.marks.stretch
    if look.settings["color"] != "alike" or stretch is None or stretch[1] - stretch[0] < 3:
        return False
    found = look.alike()
    return len(found.units) >= 3 and found.twins > 0


WRITING = (
    Challenge(
        "shock",
        f"Type something in which one character costs the network more than {SHOCK:.0f} bits.",
        "A capital Q in the middle of a word, or a digit.",
        _shock,
    ),
    Challenge(
        "loop",
        "Make it repeat itself: the same stretch three times in a row.",
        "Temperature 0 takes the likeliest character every time. Let it run.",
        _loop,
    ),
    Challenge(
        "tracker",
        "Find a unit that knows how far the line has come, and colour the text by it.",
        "The list of what units track is ranked; the colour is the unit's output h.",
        _tracker,
    ),
    Challenge(
        "twin",
        "Brush a stretch of three characters or more, and find another place where all the units "
        "that were on are on again.",
        "Brush a word that comes again, such as a speaker's name.",
        _twin,
    ),
)
