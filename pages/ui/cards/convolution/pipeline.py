"""Stages in a row: as many panels as there are stages."""

from collections.abc import Sequence

from labs.data.photos import NAMES
from pages.ui.cards.convolution import inspect
from pages.ui.cards.convolution.kernel import PRESET
from pages.ui.stage import Button, Card, Choice, Panel, Select

NET = Choice("net", "kernels",
             (("yours", "your own"), ("learned", "LeNet's, learned"),
              ("random", "LeNet's, before training")), "yours", shown=True)  # fmt: skip
SOURCE = Select("source", "picture",
                (*((name, name) for name in NAMES), ("drawing", "your drawing")), "astronaut",
                shown=True)  # fmt: skip
CONTROLS = (NET, SOURCE)
POOLS = tuple(
    (f"{kind}{n}", f"{word} pool {n} × {n}")
    for kind, word in (("max", "max"), ("average", "average"))
    for n in (2, 3, 4)
)
WORD = Select("word", "this stage", (*PRESET.options, ("relu", "ReLU"), *POOLS), "max2", shown=True)
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
        controls=(NET, SOURCE, WORD, Button("add", "Add a stage after it"),
                  Button("remove", "Remove it")),
        text="Point at any map: boxes mark what that one unit sees.",
    )  # fmt: skip
    return [row, TABLE, UNIT, KERNEL, DRAW]


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
