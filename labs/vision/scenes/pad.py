"""The pad of a scene: strokes, samples, and whole drawings that are taken up and moved."""

import math
from collections.abc import Callable, Mapping
from dataclasses import replace

import torch
from torch import Tensor

from labs.data.scenes import HEIGHT
from labs.drawing import UNITS, Stroke
from labs.drawing.pad import Pad
from labs.live.checks import whole
from labs.vision.scenes.samples import NAMES, UNIT, by_chance, sample

TALL = int(HEIGHT * UNIT)  # units of a pad that a scene is high
WITHIN = 0.6  # of a stroke's points: so many in a box, and the stroke belongs to it
AROUND = 6.0  # pixels that a box reaches further when strokes are looked for
Box = tuple[float, float, float, float]


class ScenePad(Pad):
    """A pad 256 x 192; `boxes()` returns the boxes (K, 4) in pixels that are found on it now."""

    def __init__(self, name: str, boxes: Callable[[], Tensor]) -> None:
        super().__init__(name)
        self._boxes = boxes
        self._chance = torch.Generator().manual_seed(1)
        self.held: list[int] = []  # the strokes that were taken up
        self._from: tuple[list[Stroke], int, int] | None = None  # strokes and place when taken up
        self._moved = False  # whether drawings were moved since a sample or a link was drawn

    @property
    def touched(self) -> bool:
        """Whether what is on it is the visitor's own act, by strokes or by moving drawings."""
        return self.by_hand or self._moved

    @property
    def x(self) -> Tensor:
        """The picture as the net takes it: (1, 1, 192, 256), ink 1 on 0."""
        return self.ink[..., :HEIGHT, :]

    def receive(self, event: Mapping) -> None:
        """Take in one event, also `grab` and `move`.  Raises ValueError in one sentence."""
        kind = event.get("kind")
        if kind in ("grab", "move"):
            x = whole(event.get("x"), -UNITS, 2 * UNITS, "A place on the pad")
            y = whole(event.get("y"), -UNITS, 2 * UNITS, "A place on the pad")
            self.grab(x, y) if kind == "grab" else self._move(x, y)
            return
        if kind not in ("lift", "hello"):
            self.held = []
        self._from = None
        if kind in ("sample", "link", "clear", "restore"):
            self._moved = False
        super().receive(event)

    def grab(self, x: int, y: int) -> None:
        """Take up the drawing at (x, y), in units: the strokes in the smallest box there, or else
        the nearest stroke.
        """
        strokes = list(self.drawing.strokes)
        self.held, self._from = self._strokes_at(strokes, x, y), (strokes, x, y)

    def _strokes_at(self, strokes: list[Stroke], x: int, y: int) -> list[int]:
        if not strokes:
            return []
        around = [self._units(box) for box in self._boxes().tolist()]
        there = [b for b in around if b[0] <= x <= b[2] and b[1] <= y <= b[3]]
        for box in sorted(there, key=lambda b: (b[2] - b[0]) * (b[3] - b[1])):
            inside = [i for i, s in enumerate(strokes) if not s.erase and _share(s, box) >= WITHIN]
            if inside:
                return inside
        away = [min(math.dist((x, y), p) for p in s.points) for s in strokes]
        nearest = min(range(len(strokes)), key=away.__getitem__)
        return [nearest] if away[nearest] < 40 else []

    def _units(self, box: list[float]) -> Box:
        x0, y0, x1, y1 = box
        return tuple(v * UNIT for v in (x0 - AROUND, y0 - AROUND, x1 + AROUND, y1 + AROUND))  # type: ignore[return-value]

    def _move(self, x: int, y: int) -> None:
        if not self._from or not self.held:
            return
        strokes, x0, y0 = self._from
        self._place(strokes, lambda a, b: (a + x - x0, b + y - y0))

    def change(self, turn: float = 0.0, times: float = 1.0, mirror: bool = False) -> None:
        """Turn (degrees), scale and mirror what is held, about its middle."""
        self._check_held()
        strokes = list(self.drawing.strokes)
        points = [p for i in self.held for p in strokes[i].points]
        x0, x1 = min(p[0] for p in points), max(p[0] for p in points)
        y0, y1 = min(p[1] for p in points), max(p[1] for p in points)
        mx, my, angle = (x0 + x1) / 2, (y0 + y1) / 2, math.radians(turn)
        c, s, flip = times * math.cos(angle), times * math.sin(angle), -1 if mirror else 1

        def moved(a: float, b: float) -> tuple[float, float]:
            u, v = flip * (a - mx), b - my
            return mx + c * u - s * v, my + s * u + c * v

        self._place(strokes, moved)

    def copy(self) -> None:
        """Put a copy of what is held beside it, and hold that."""
        self._check_held()
        strokes = list(self.drawing.strokes)
        copies = [replace(strokes[i], points=list(strokes[i].points)) for i in self.held]
        held = list(range(len(strokes), len(strokes) + len(copies)))
        points = [p for s in copies for p in s.points]
        width = max(p[0] for p in points) - min(p[0] for p in points)
        right = max(p[0] for p in points) + width / 2 < UNITS
        self.held = held
        self._place(strokes + copies, lambda a, b: (a + (width if right else -width) * 0.8, b + 12))

    def remove(self) -> None:
        """Take what is held off the pad."""
        self._check_held()
        held = set(self.held)
        self.draw([s for i, s in enumerate(self.drawing.strokes) if i not in held])
        self.held = []

    def _check_held(self) -> None:
        if not self.held or max(self.held) >= len(self.drawing.strokes):
            raise ValueError("First take up a drawing: press “move” and click it.")

    def _place(self, strokes: list[Stroke], way: Callable) -> None:
        """Draw strokes, those that are held moved by `way`; what leaves the paper stops at it."""
        held, new = self.held, list(strokes)
        for i in held:
            moved = [way(*p) for p in strokes[i].points]
            inside = [(min(max(round(a), 0), UNITS - 1), min(max(round(b), 0), TALL - 1))
                      for a, b in moved]  # fmt: skip
            new[i] = replace(strokes[i], points=inside)
        self.draw(new)
        self.held, self._moved = held, True

    def _sample(self, which: object) -> None:
        name = NAMES[whole(which, 0, len(NAMES) - 1, "A sample")]
        self.drawing.base = None
        self.draw(by_chance(self._chance) if name == NAMES[-1] else sample(name))


def _share(stroke: Stroke, box: Box) -> float:
    """Return how many of a stroke's points lie in a box."""
    inside = sum(box[0] <= x <= box[2] and box[1] <= y <= box[3] for x, y in stroke.points)
    return inside / max(len(stroke.points), 1)
