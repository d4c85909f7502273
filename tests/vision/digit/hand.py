"""What a visitor's hand does to the digit lab."""

import random

from labs.data.strokes import sample
from labs.drawing import Stroke
from labs.vision.digit import Digit
from tests.e2e.digits import curve
from tests.labs import holding

SCRIBBLES = 5  # a seed that gives such a scribble early: about one in ten is one


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


def draw_three(lab: Digit) -> None:
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
        if "three" in holding(lab):
            return


def draw_seven(lab: Digit) -> None:
    """The sample 1, and a bar to the left at its top."""
    rng = random.Random(0)
    for _ in range(100):
        lab.receive({"panel": "x", "kind": "sample", "value": 1})
        y, x = rng.randrange(90, 170), rng.randrange(120, 200)
        draw(lab, [(270, 100), (230, y), (x, y), (x, y)])
        if "seven" in holding(lab):
            return


def break_one(lab: Digit) -> None:
    """Sample 1, and every single filter of the first layer."""
    lab.receive({"panel": "x", "kind": "sample", "value": 1})
    for unit in range(6):
        lab.receive({"kind": "click", "panel": "conv1", "unit": unit, "row": 0, "col": 0})
        lab.receive({"setting": "switch"})
        if "filter" in holding(lab):
            return
        lab.receive({"setting": "switch"})


def scribbled(rng: random.Random) -> list[tuple[int, int]]:
    """The points of one long curve."""
    corners = [(rng.uniform(60, 450), rng.uniform(60, 450)) for _ in range(12)]
    return [(moved(round(x), 1), moved(round(y), 1)) for x, y in curve(corners, 12)]


def scribble(lab: Digit) -> None:
    """Scribbles of one long curve."""
    rng = random.Random(SCRIBBLES)
    for _ in range(10):
        lab.receive({"panel": "x", "kind": "clear"})
        draw(lab, scribbled(rng), width=30)
        if "mind" in holding(lab):
            return
