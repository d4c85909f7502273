"""What the page asks a visitor to try."""

import itertools
from collections.abc import Mapping

from torch import Tensor

from labs.live.challenges import Challenge
from labs.sequences.speech.sounds import CLEAN


def _twice(typed: str, settings: Mapping, text: str, boxes: int, drawn: bool) -> bool:
    """Whether the same digit is heard twice though nothing lies between."""
    twins = any(a == b for a, b in itertools.pairwise(typed))
    return bool(typed) and twins and settings["pause"] == 0 and text == typed and not boxes


def _drowned(typed: str, settings: Mapping, text: str, boxes: int, drawn: bool) -> bool:
    """Whether noise as loud as four different digits hides none of them."""
    return len(set(typed)) >= 4 and settings["noise"] <= 0 and text == typed and not boxes


def _changed(typed: str, settings: Mapping, text: str, boxes: int, drawn: bool) -> bool:
    """Whether what was switched off has made other digits of these, and as many."""
    plain = settings["noise"] == CLEAN and settings["speed"] == 1
    return bool(boxes) and bool(typed) and plain and len(text) == len(typed) and text != typed


def _drawn(typed: str, settings: Mapping, text: str, boxes: int, drawn: bool) -> bool:
    """Whether silence that was drawn in is heard as three digits, no two of them equal."""
    return drawn and not typed and len(set(text)) >= 3 and settings["noise"] == CLEAN


LISTENING = (
    Challenge("twice", "Have it hear the same digit twice in a row, with no pause between them.",
        "Type 77 or 66: a blank must come between two equal digits.", _twice),
    Challenge("drowned", "Speak four different digits in noise that is as loud as they are, and "
        "have all of them heard.", "Some digits and some voices are clearer than others.",
        _drowned),
    Challenge("changed", "Without noise, switch off sounds until it hears another digit in the "
        "place of one.", "Cover a part of the 4, or where its sound begins.", _changed),
    Challenge("drawn", "On an empty spectrogram, without noise, draw what it hears as three "
        "different digits.", "A vowel is two or three bars, one above the other; a hiss stands "
        "high up. Leave a gap between two digits.", _drawn),
)  # fmt: skip


def _other(probs: Tensor, texts: Mapping[str, float], best: str) -> bool:
    """Whether the likeliest path says a text that is not the likeliest, by more than rounding."""
    return max(texts.values()) > texts[best] * 1.02


def _spread(probs: Tensor, texts: Mapping[str, float], best: str) -> bool:
    """Whether "a" is nearly sure though no frame is."""
    return texts["a"] > 0.9 and bool((probs < 0.9).all())


SUMMING = (
    Challenge("other", "Have the likeliest path say another text than the likeliest text.",
        "Many paths of “a” may share what one path alone has more of.", _other),
    Challenge("spread", "Make “a” more than 90 % likely with no probability above 0.9.",
        "Blanks around it do no harm.", _spread),
)  # fmt: skip
