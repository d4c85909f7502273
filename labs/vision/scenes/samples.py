"""Sample scenes: held-out doodles in fixed places, as strokes of a pad, and scenes by chance."""

import numpy as np
import torch

from labs.data.doodles import CLASSES, held_out
from labs.data.scenes import HEIGHT, WIDTH
from labs.drawing import UNITS, Stroke

PEN = 7  # width of the pen, in units of a pad
UNIT = UNITS / WIDTH  # of a pad, in one pixel of a scene
Place = tuple[str, int, float, float, float]  # class, which, middle x and y, longer side, in pixels

SAMPLES: dict[str, tuple[Place, ...]] = {
    "street": (("house", 3, 62, 62, 100), ("tree", 4, 150, 62, 92), ("car", 6, 92, 154, 84),
               ("cat", 1, 205, 146, 72)),
    "lake": (("sailboat", 5, 76, 70, 112), ("fish", 2, 74, 158, 66), ("fish", 8, 172, 150, 84),
             ("airplane", 2, 190, 50, 92)),
    "desk": (("camera", 2, 62, 56, 84), ("headphones", 4, 180, 66, 104), ("apple", 7, 66, 142, 66),
             ("eye", 3, 172, 156, 76)),
    "crowd": (("cat", 5, 46, 48, 72), ("cat", 7, 124, 50, 84), ("umbrella", 3, 206, 52, 78),
              ("flower", 1, 40, 142, 76), ("bicycle", 6, 132, 142, 100),
              ("guitar", 5, 214, 142, 80)),
}  # fmt: skip
NAMES = (*SAMPLES, "by chance")


def doodle(label: str, which: int, x: float, y: float, size: float) -> list[Stroke]:
    """Return a held-out doodle as strokes: its middle at (x, y), its longer side `size`, pixels."""
    drawings = held_out()
    index = np.flatnonzero(drawings.labels == CLASSES.index(label))[which]
    most = np.array([UNITS - 1, HEIGHT * UNIT - 1])
    strokes = []
    for points in drawings.strokes(int(index)):
        placed = ((points * size + (x, y)) * UNIT).round().clip(0, most).astype(int)
        strokes.append(Stroke(PEN, False, [(int(a), int(b)) for a, b in placed]))
    return strokes


def sample(name: str) -> list[Stroke]:
    """Return the strokes of a sample scene."""
    return [stroke for place in SAMPLES[name] for stroke in doodle(*place)]


def by_chance(generator: torch.Generator) -> list[Stroke]:
    """Return the strokes of two to six doodles, each in a field of its own."""
    columns, rows = 3, 2
    count = int(torch.randint(2, columns * rows + 1, (1,), generator=generator))
    fields = torch.randperm(columns * rows, generator=generator)[:count].tolist()
    strokes = []
    for field in fields:
        label = CLASSES[int(torch.randint(len(CLASSES), (1,), generator=generator))]
        which = int(torch.randint(50, (1,), generator=generator))
        x = (field % columns + 0.5) * WIDTH / columns
        y = (field // columns + 0.5) * HEIGHT / rows
        size = 52 + 30 * float(torch.rand(1, generator=generator))
        strokes += doodle(label, which, x, y, size)
    return strokes
