"""The table of what each digit needs to become each other, and one pair of it in pictures."""

from labs.vision.adversarial.controls import TABLE
from pages.ui.cards.adversarial.pieces import DIGITS, image
from pages.ui.stage import Card, Panel

TURNING = Card(
    "turning",
    columns=(
        (
            Panel("cells", "turning", "Smallest ε", "in 1/255", "",
                  "smallest budget from digit to digit",
                  {"cell": 30, "map": "unsigned", "limit": 128, "digits": 0, "blank": True,
                   "click": True, "labels": DIGITS, "rowTitle": "the digit drawn",
                   "colTitle": "what it becomes"}),
        ),
        (image("digit", "pair.clean", "The sample", 130, "", "the sample digit"),),
        (image("digit", "pair.added", "Added", 130, "", "what was added", map="signed", limit=1),),
        (image("digit", "pair.attacked", "Attacked", 130, "", "the attacked digit"),),
        (Panel("table", "pair", options={"rows": 3, "lines": 4, "width": 250}),),
    ),
    controls=TABLE,
)  # fmt: skip
