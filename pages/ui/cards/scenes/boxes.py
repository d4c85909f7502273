"""Detection, opened up: one cell, all boxes, suppression."""

from labs.data.doodles import CLASSES
from labs.vision.scenes import controls as c
from labs.vision.scenes.detection import LISTED
from pages.ui.cards.scenes.draw import pad
from pages.ui.stage import Card, Panel

CELL = Card(
    "cell",
    columns=(
        (pad(300),),
        (Panel("photo", "grid", "The grid", "12 × 16 cells", "point at a cell",
               "the scene under a grid of cells, with one cell's box",
               {"size": 430, "hover": False}),
         Panel("maps", "objectness", "Objectness", "of all cells", "by anchor",
               "objectness of every cell, for each anchor",
               {"columns": 3, "tile": 138, "click": False, "map": "unsigned", "aspect": 0.75,
                "labelled": True})),
        (Panel("ledger", "cell", alt="how a cell's numbers become a box",
               options={"width": 430, "rows": 6}),
         Panel("bars", "shares", "Class shares", "softmax", "", "shares of the classes",
               {"labels": list(CLASSES), "percent": True, "click": False, "width": 300})),
    ),
    controls=(c.ANCHOR,),
    title="What one cell says",
    text="Each cell proposes one box for each anchor. Grey: the anchor; in colour: the box it "
    "becomes.",
)  # fmt: skip
ALL = Card(
    "all",
    columns=(
        (Panel("photo", "all", "All boxes", "", "the fainter, the less sure",
               "all boxes before anything is thrown away", {"size": 400, "pointer": False}),),
        (Panel("ledger", "count", alt="how many boxes are left after each step",
               options={"width": 330, "rows": 4}),),
    ),
    controls=(c.THRESHOLD, c.OVERLAP),
    title="Before anything is thrown away",
    span=12,
)  # fmt: skip
WALK = Card(
    "walk",
    columns=(
        (Panel("photo", "walking", "The boxes", "", "numbered as in the list",
               "boxes during suppression", {"size": 400, "pointer": False}),),
        (Panel("ledger", "walk", alt="boxes by falling score, and what becomes of them",
               options={"width": 470, "rows": LISTED, "click": True}),),
    ),
    controls=(c.PLAY, c.AGAIN, c.WITHIN),
    title="Non-maximum suppression, one comparison at a time",
    text=f"The {LISTED} best boxes before suppression, sorted by score. Click a row for the moment "
    "that settles it.",
)  # fmt: skip
CARDS = (CELL, ALL, WALK)
