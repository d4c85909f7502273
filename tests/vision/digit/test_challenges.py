"""Each challenge can be met, and none is met when the page opens."""

import random

import pytest

from labs.data.strokes import sample
from labs.drawing import Stroke
from labs.live.challenges import met
from labs.vision.digit import Digit
from labs.vision.digit.challenges import CHALLENGES
from tests.e2e.digits import curve

SCRIBBLES = 5  # a seed that gives such a scribble early: about one in ten is one


def done(lab: Digit) -> set[str]:
    return met(CHALLENGES, set(), *lab.evidence())


def draw(lab: Digit, points: list[tuple[int, int]], width: int = 44) -> None:
    down = {"panel": "x", "kind": "stroke", "begin": True, "width": width}
    lab.receive(down | {"points": [list(points[0])]})
    for i in range(1, len(points), 3):
        lab.frame()  # as when a browser looks on
        lab.receive(
            {"panel": "x", "kind": "stroke", "points": [list(p) for p in points[i : i + 3]]}
        )


def moved(v: int, scale: float) -> int:
    """A coordinate scaled about the middle, on the pad."""
    return min(max(round(256 + (v - 256) * scale), 0), 511)


def three(lab: Digit) -> bool:
    """Threes and two bows of any width, squeezed and stretched, until one is sure and odd."""
    rng = random.Random(0)
    for _ in range(400):
        width, sx, sy = (
            rng.choice((4, 8, 60, 90, 110, 128)),
            rng.uniform(0.1, 1.3),
            rng.uniform(0.2, 1.2),
        )
        points = [(moved(x, sx), moved(y, sy)) for x, y in sample(3)[0].points]
        lab.pad.draw([Stroke(width, False, points)])
        if "three" in done(lab):
            return True
    return False


def seven(lab: Digit) -> bool:
    """The sample 1, and a bar to the left at its top."""
    rng = random.Random(0)
    for _ in range(100):
        lab.receive({"panel": "x", "kind": "sample", "value": 1})
        y, x = rng.randrange(90, 170), rng.randrange(120, 200)
        draw(lab, [(270, 100), (230, y), (x, y), (x, y)])
        if "seven" in done(lab):
            return True
    return False


def filter_(lab: Digit) -> bool:
    """The opening 8, some widths of it, and every single filter."""
    for width in (44, 24, 70, 12):
        lab.pad.draw([Stroke(width, False, sample(8)[0].points)])
        for layer, count in (("conv1", 6), ("conv2", 16)):
            for unit in range(count):
                lab.receive({"kind": "click", "panel": layer, "unit": unit, "row": 0, "col": 0})
                lab.receive({"setting": "switch"})
                if "filter" in done(lab):
                    return True
                lab.receive({"setting": "switch"})
    return False


def mind(lab: Digit) -> bool:
    """Scribbles of one long curve."""
    rng = random.Random(SCRIBBLES)
    for _ in range(10):
        lab.receive({"panel": "x", "kind": "clear"})
        corners = [(rng.uniform(60, 450), rng.uniform(60, 450)) for _ in range(12)]
        path = curve(corners, 12)
        draw(lab, [(moved(round(x), 1), moved(round(y), 1)) for x, y in path], width=30)
        if "mind" in done(lab):
            return True
    return False


def tilt(lab: Digit) -> bool:
    """Every sample, tilted either way."""
    for digit in range(10):
        lab.receive({"panel": "x", "kind": "sample", "value": digit})
        for degrees in (25, -25):
            lab.receive({"setting": "tilt", "value": degrees})
            if "tilt" in done(lab):
                return True
    return False


WAYS = {"three": three, "seven": seven, "filter": filter_, "mind": mind, "tilt": tilt}


def test_every_challenge_has_a_way():
    assert [challenge.key for challenge in CHALLENGES] == list(WAYS)
    assert 2 <= len(CHALLENGES) <= 5
    assert all(challenge.text.endswith(".") for challenge in CHALLENGES)
    assert all(challenge.hint.endswith(".") for challenge in CHALLENGES)


def test_none_is_met_at_the_start():
    lab = Digit()
    assert lab.frame().notes["met"] == []
    assert done(lab) == set()


@pytest.mark.parametrize("digit", range(10))
def test_a_plain_sample_meets_none(digit):
    lab = Digit()
    lab.receive({"panel": "x", "kind": "sample", "value": digit})
    assert done(lab) == set()


@pytest.mark.parametrize("key", WAYS)
def test_each_can_be_met_and_stays_met(key):
    lab = Digit()
    lab.receive({"setting": "visible", "value": []})
    assert WAYS[key](lab), "no way found"
    assert key in lab.frame().notes["met"]
    lab.receive({"panel": "x", "kind": "clear"})
    lab.receive({"setting": "reset"})
    lab.receive({"setting": "tilt", "value": 0})
    assert key not in done(lab)
    assert key in lab.frame().notes["met"]  # what was done once stays ticked


def test_more_than_one_filter_off_is_no_answer():
    rng = random.Random(0)
    lab, broken = Digit(), 0
    for _ in range(60):
        lab.receive({"setting": "reset"})
        for layer, count in (("conv1", 6), ("conv2", 16)):
            for unit in rng.sample(range(count), rng.randrange(1, count)):
                lab.receive({"kind": "click", "panel": layer, "unit": unit, "row": 0, "col": 0})
                lab.receive({"setting": "switch"})
        assert "filter" not in done(lab)
        broken += bool(lab.look()[0].logits.argmax() != 8)
    assert broken  # so it was not for want of breaking the 8


def test_an_example_that_draws_itself_changes_no_ones_mind():
    lab = Digit()
    for digit in range(10):
        lab.receive({"panel": "x", "kind": "sample", "value": digit})
    assert "mind" not in done(lab)
