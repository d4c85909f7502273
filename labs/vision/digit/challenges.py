"""What the page asks a visitor to try, and how it knows that it was done."""

from collections.abc import Callable

from labs.data import strokes
from labs.drawing.pad import Pad
from labs.live.challenges import Challenge
from labs.vision.digit.passes import Forward
from labs.vision.digit.weights import Edited

FAR = 75  # degrees
MINDS = 8  # digits on the way: ordinary ones pass through up to seven
Read = Callable[[], int]


def _confident_three(pad: Pad, a: Forward, weights: Edited, *_: object) -> bool:
    """Sure of a 3 although the ink is far from every 3: much of the picture is full of ink."""
    if pad.empty or weights.touched or a.winner != 3 or a.probabilities[3] <= 0.99:
        return False
    ink = a.seen.mean().item()
    return ink > 0.28 or ink < 0.045


def _one_to_seven(pad: Pad, a: Forward, weights: Edited, *_: object) -> bool:
    before = [label for label, points in pad.said if points < pad.points]
    one = len(pad.future) == 2 and before and before[-1] == "1"
    return bool(one and a.winner == 7 and not weights.touched)


def _one_filter(pad: Pad, a: Forward, weights: Edited, tilt: float, unharmed: Read) -> bool:
    off = {layer: len(units) for layer, units in weights.off.items() if units}
    single = not (pad.empty or weights.changed) and off in ({"conv1": 1}, {"conv2": 1})
    return single and unharmed() == 1 and a.winner != 1


def _changed_mind(pad: Pad, a: Forward, weights: Edited, *_: object) -> bool:
    minds = {label for label, _ in pad.said if label}
    return pad.by_hand and len(minds) >= MINDS and not weights.touched


def _tilted(pad: Pad, a: Forward, weights: Edited, tilt: float, unharmed: Read) -> bool:
    """Of a sample it is known what is right; of a drawing nobody knows it, nor of a scribble."""
    right = [digit for digit in range(10) if pad.drawing.strokes == strokes.sample(digit)]
    return abs(tilt) >= FAR and right == [a.winner]


CHALLENGES = (
    Challenge(
        "three",
        "Draw something it calls a 3 with more than 99\u00a0% that no one else would: almost no "
        "ink, or almost nothing but ink.",
        "A very short stroke is blown up to fill the frame; two small bows will do.",
        _confident_three,
    ),
    Challenge(
        "seven",
        "Draw a 1, then make it a 7 with one more stroke.",
        "Sample 1, then a bar to the left at its top.",
        _one_to_seven,
    ),
    Challenge(
        "filter",
        "Switch off one filter of conv1 or conv2 and break the 1.",
        "Sample 1; look for the map that is brightest in activation × gradient.",
        _one_filter,
    ),
    Challenge(
        "mind",
        "Draw one figure that the network takes for eight different digits on the way.",
        "Scribble slowly, and look at the strip above the points drawn.",
        _changed_mind,
    ),
    Challenge(
        "tilt",
        f"Find a sample digit that is still read right when tilted by {FAR} degrees or more.",
        "Round ones bear it best.",
        _tilted,
    ),
)
