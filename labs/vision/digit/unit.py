"""One cell of LeNet as it is drawn, and the part of each layer before it that it depends on."""

from dataclasses import dataclass
from itertools import pairwise

Box = tuple[int, int, int, int]  # top, left, bottom, right, in cells
SHAPES = {
    "seen": (1, 28, 28),
    "conv1": (6, 28, 28),
    "pool1": (6, 14, 14),
    "conv2": (16, 10, 10),
    "pool2": (16, 5, 5),
    "fc1": (1, 10, 12),  # 120 units drawn as 10 rows of 12
    "fc2": (1, 7, 12),  # 84 units drawn as 7 rows of 12
    "softmax": (10, 1, 10),
}
SPATIAL = ("seen", "conv1", "pool1", "conv2", "pool2")


@dataclass(frozen=True)
class Unit:
    """One cell of a layer as it is drawn: map `unit`, row and column within it."""

    layer: str
    unit: int
    row: int
    col: int

    def __post_init__(self) -> None:
        shape = SHAPES.get(self.layer)
        cell = (self.unit, self.row, self.col)
        if shape is None or not all(0 <= v < n for v, n in zip(cell, shape, strict=True)):
            raise ValueError(f"LeNet has no unit {self.layer[:20]} {cell}.")

    @property
    def index(self) -> int:
        """The number of a dense unit."""
        return self.row * SHAPES[self.layer][2] + self.col

    @property
    def number(self) -> int:
        """What is switched off with it: its map, or the dense unit itself."""
        return self.index if self.layer in ("fc1", "fc2") else self.unit


def receptive_field(at: Unit) -> dict[str, tuple[int | None, Box]]:
    """Return, for every layer before `at`, the map (None: all maps) and the box that it depends on.

    The unit itself is in it too.  A dense unit sees everything: it alone is named, and a class of
    the softmax, which is no cell of a map, is not.
    """
    if at.layer == "softmax":
        return {}
    unit: int | None = at.unit
    box: Box = (at.row, at.col, at.row + 1, at.col + 1)
    fields: dict[str, tuple[int | None, Box]] = {at.layer: (unit, box)}
    if at.layer not in SPATIAL:
        return fields
    way = SPATIAL[: SPATIAL.index(at.layer) + 1]
    for before, layer in reversed(list(pairwise(way))):
        if layer.startswith("conv"):
            unit = None  # a kernel reads all maps
        box = _within(_behind(layer, box), SHAPES[before][1])
        fields[before] = (unit, box)
    return fields


def _behind(layer: str, box: Box) -> Box:
    """Return the box of cells that `box` in `layer` was made from."""
    top, left, bottom, right = box
    if layer.startswith("pool"):
        return 2 * top, 2 * left, 2 * bottom, 2 * right
    pad = 2 if layer == "conv1" else 0
    return top - pad, left - pad, bottom + 4 - pad, right + 4 - pad


def _within(box: Box, size: int) -> Box:
    """Return the part of a box that lies in a map of `size` cells a side."""
    top, left, bottom, right = box
    return max(0, top), max(0, left), min(size, bottom), min(size, right)
