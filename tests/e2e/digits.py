"""Twenty digits as two hands write them, for the mouse: polylines of our own.

Each hand has its own shapes and slant; every drawing has its size, place, pen and wobble.
"""

import random
from dataclasses import dataclass

Point = tuple[float, float]  # in the unit square, y downwards

# Corner points of every stroke; a curve is laid through them.
ROUND_HAND: dict[int, list[list[Point]]] = {
    0: [[(.52, .1), (.25, .25), (.17, .55), (.3, .85), (.55, .92), (.8, .72), (.83, .4), (.7, .15),
         (.48, .1)]],
    1: [[(.5, .08), (.49, .35), (.5, .65), (.48, .93)]],
    2: [[(.2, .3), (.32, .12), (.58, .08), (.76, .26), (.66, .5), (.4, .72), (.18, .9), (.24, .91),
         (.5, .9), (.84, .9)]],
    3: [[(.22, .18), (.45, .07), (.7, .15), (.72, .34), (.45, .47), (.7, .56), (.8, .74),
         (.58, .92), (.22, .86)]],
    4: [[(.3, .08), (.22, .35), (.18, .55), (.5, .57), (.84, .55)],
        [(.64, .3), (.64, .6), (.62, .94)]],
    5: [[(.3, .1), (.27, .3), (.25, .45), (.5, .4), (.74, .52), (.77, .72), (.58, .9), (.22, .88)],
        [(.3, .1), (.5, .1), (.78, .08)]],
    6: [[(.66, .08), (.42, .25), (.26, .52), (.26, .78), (.46, .93), (.7, .85), (.72, .63),
         (.52, .54), (.3, .66)]],
    7: [[(.18, .14), (.45, .12), (.8, .11), (.66, .4), (.52, .65), (.42, .93)]],
    8: [[(.7, .2), (.5, .09), (.3, .2), (.36, .4), (.6, .53), (.74, .74), (.52, .92), (.28, .76),
         (.42, .52), (.66, .36), (.7, .2)]],
    9: [[(.72, .28), (.54, .1), (.3, .2), (.28, .42), (.5, .52), (.7, .36), (.72, .28), (.7, .6),
         (.62, .93)]],
}  # fmt: skip
QUICK_HAND: dict[int, list[list[Point]]] = {
    0: [[(.6, .08), (.4, .2), (.32, .5), (.36, .82), (.5, .93), (.64, .78), (.69, .48), (.66, .18),
         (.56, .07)]],
    1: [[(.3, .32), (.45, .2), (.56, .08), (.55, .4), (.53, .7), (.52, .92)]],
    2: [[(.24, .24), (.5, .1), (.72, .22), (.64, .46), (.42, .7), (.26, .84), (.3, .92), (.42, .8),
         (.58, .88), (.82, .86)]],
    3: [[(.24, .12), (.5, .11), (.74, .1), (.58, .3), (.46, .42), (.7, .52), (.74, .74), (.54, .92),
         (.24, .84)]],
    4: [[(.58, .08), (.4, .34), (.18, .64), (.5, .64), (.84, .62)],
        [(.6, .1), (.6, .5), (.6, .93)]],
    5: [[(.76, .1), (.5, .11), (.32, .12), (.3, .3), (.28, .46), (.54, .44), (.74, .6), (.66, .84),
         (.42, .93), (.2, .84)]],
    6: [[(.5, .07), (.36, .34), (.28, .64), (.36, .88), (.58, .9), (.68, .72), (.54, .58),
         (.32, .68)]],
    7: [[(.2, .12), (.5, .12), (.8, .12), (.62, .5), (.46, .92)],
        [(.36, .52), (.56, .5), (.74, .49)]],
    8: [[(.52, .5), (.34, .36), (.36, .16), (.54, .08), (.7, .2), (.66, .38), (.5, .5), (.32, .66),
         (.34, .86), (.54, .93), (.72, .8), (.66, .6), (.52, .5)]],
    9: [[(.7, .2), (.48, .1), (.32, .26), (.4, .46), (.62, .42), (.71, .22), (.68, .5), (.67, .7),
         (.66, .93)]],
}  # fmt: skip


@dataclass(frozen=True)
class Drawn:
    """One digit by one hand: strokes in the pad's unit square, and the brush."""

    digit: int
    strokes: list[list[Point]]
    brush: int


def curve(corners: list[Point], steps: int = 3) -> list[Point]:
    """Return points on a Catmull-Rom curve through the corners."""
    padded = [corners[0], *corners, corners[-1]]
    path = []
    for i in range(len(corners) - 1):
        a, b, c, d = padded[i : i + 4]
        for k in range(steps):
            t = k / steps
            path.append(
                tuple(
                    b[j]
                    + 0.5 * t * (c[j] - a[j])
                    + t**2 * (a[j] - 2.5 * b[j] + 2 * c[j] - 0.5 * d[j])
                    + t**3 * (1.5 * (b[j] - c[j]) + 0.5 * (d[j] - a[j]))
                    for j in (0, 1)
                )
            )
    return [*path, corners[-1]]


def write(hand: dict[int, list[list[Point]]], slant: float, seed: int) -> list[Drawn]:
    """Return the ten digits of one hand, each of another size, at another place, with a wobble."""
    chance = random.Random(seed)
    page = []
    for digit, strokes in hand.items():
        size, brush = chance.uniform(0.45, 0.85), chance.randint(22, 60)
        lean = slant + chance.uniform(-0.08, 0.08)
        left, top = (chance.uniform(0.07, 0.93 - size) for _ in range(2))

        def put(point: Point, size=size, lean=lean, left=left, top=top) -> Point:
            x, y = (v + chance.gauss(0, 0.008) for v in point)
            x += lean * (0.5 - y)
            return tuple(min(0.97, max(0.03, v)) for v in (left + size * x, top + size * y))

        page.append(Drawn(digit, [[put(p) for p in curve(s)] for s in strokes], brush))
    return page


TWENTY = write(ROUND_HAND, slant=0.05, seed=1) + write(QUICK_HAND, slant=0.22, seed=2)
