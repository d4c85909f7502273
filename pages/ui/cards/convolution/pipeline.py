"""Stages in a row: as many panels as there are stages."""

from collections.abc import Sequence

from labs.vision.convolution.pipeline import Pipeline
from pages.ui.cards.convolution import inspect
from pages.ui.challenges import challenges_card
from pages.ui.stage import Card, Panel

TILES = {1: (1, 132), 6: (2, 62), 16: (4, 29)}  # maps: columns, CSS pixels a tile


def panel(k: int, title: str, maps: int) -> Panel:
    """What stage k made."""
    columns, tile = TILES.get(maps, (4, 29))
    return Panel("maps", f"s{k}", title, "", "", f"the maps of {title}",
                 {"tile": tile, "columns": columns, "hover": True, "scale": "layer"})  # fmt: skip


def cards(stages: Sequence[tuple[str, int]]) -> list[Card]:
    """Return the cards of the part.  stages: (title, maps), the picture first."""
    row = Card(
        "row",
        columns=tuple((panel(k, title, maps),) for k, (title, maps) in enumerate(stages)),
        controls=Pipeline.controls,
        text="Point at any map: boxes mark what that one unit sees.",
    )  # fmt: skip
    return [row, TABLE, UNIT, KERNEL, challenges_card(Pipeline.challenges, "build", 6), DRAW]


TABLE = Card(
    "table",
    columns=(
        (Panel("ledger", "table", alt="stage by stage", options={"click": True, "rows": 7}),),
    ),
    title="How the view grows",
    span=6,
)
UNIT = inspect("The unit under the pointer", "how the unit's number came about", 6)
KERNEL = Card(
    "kernel",
    columns=(
        (
            Panel("cells", "kernel", "Kernel", "drag a cell", "the chosen stage's",
                  "the kernel of the chosen stage; drag a cell, or use arrows, plus and minus",
                  {"box": 180, "edit": True}),
            Panel("maps", "slices", "Kernel", "", "the chosen unit's",
                  "the kernel of the chosen unit, one slice for each map that it reads",
                  {"tile": 60, "columns": 3, "click": False}),
        ),
    ),
    span=3,
)  # fmt: skip
DRAW = Card(
    "draw",
    columns=(
        (Panel("pad", "x", "Your drawing", "", "LeNet reads it", "your drawing",
               {"size": 180, "samples": list(range(10))}),),
    ),
    span=3,
)  # fmt: skip
