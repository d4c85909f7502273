"""What a network learned."""

from labs.vision.features.learned import Learned
from pages.ui.cards.features.by_hand import source
from pages.ui.stage import Card, Panel

TITLES = ("First layer", "Block 0", "Block 2", "Block 4", "Block 10", "Block 15")


def stage(k: int) -> Panel:
    """Return the panel of a stage's maps."""
    columns, tile = (8, 36) if k == 0 else (2, 74)
    return Panel("maps", f"s{k}", TITLES[k], "", "", f"maps of {TITLES[k].lower()}",
                 {"tile": tile, "columns": columns, "few": 4, "whole": True, "scale": "unit",
                  "map": "signed"})  # fmt: skip


FIRST = Card(
    "first",
    columns=(
        source(250, "the picture, with boxes where the chosen map is strongest"),
        (Panel("photo", "kernels", "32 learned kernels", "", "", "the first kernels, in colour",
               {"size": 320, "hover": False}),),
        (stage(0),),
        (Panel("photo", "one", "The chosen map", "", "", "the chosen map, large",
               {"size": 200, "pointer": False}),
         Panel("photo", "patches", "Its patches", "", "", "patches where it is strongest",
               {"size": 200, "pointer": False})),
    ),
    controls=Learned.controls,
)  # fmt: skip
PATH = Card(
    "path",
    columns=tuple((stage(k),) for k in range(1, 6)),
    title="From edges to parts",
    text="The eight strongest maps of five blocks, each by its own scale. Choose one: its patches "
    "stand above.",
)
SUM = Card(
    "sum",
    columns=((Panel("arithmetic", "arithmetic", alt="how the strongest cell was made"),),),
    title="The strongest cell",
)
CARDS = (FIRST, PATH, SUM)
