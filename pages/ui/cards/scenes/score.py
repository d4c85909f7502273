"""How good is it: precision and recall, classes, confusion, on held-out scenes."""

from labs.data.doodles import CLASSES
from labs.vision.scenes import controls as c
from pages.ui.stage import Card, Panel, Transport

LETTERS = [name[:2] for name in ("–", *CLASSES)]
CURVE = Card(
    "curve",
    columns=(
        (Panel("photo", "held", "A held-out scene", "", "", "a held-out scene with its boxes",
               {"size": 420, "pointer": False}),),
        (Panel("curve", "curve", "Precision over recall", "", "", "precision over recall",
               {"names": ["every threshold", "this threshold"], "inks": ["accent", "negative"],
                "xTitle": "recall", "yTitle": "precision", "low": 0, "high": 1.03,
                "ticks": [0, 0.5, 1], "last": False, "width": 460, "height": 300}),),
    ),
    controls=(Transport(speed=8), c.THRESHOLD, c.OVERLAP, c.OF, c.RESTART),
    text="Grey: where the drawings are. A box has found one if its IoU is at least 0.5 and its "
    "name is right.",
)  # fmt: skip
CLASSWISE = Card(
    "classes",
    columns=(
        (Panel("bars", "precisions", "Average precision", "at IoU 0.5", "", "average precision "
               "of each class", {"labels": list(CLASSES), "click": False, "width": 300}),),
        (Panel("bars", "shares", "IoU of the pixels", "", "", "IoU of the pixels of each class",
               {"labels": list(CLASSES), "click": False, "width": 300}),),
        (Panel("cells", "confusion", "Confusion of the pixels", "shares of each row", "",
               "shares of each true class's pixels that are given to each class",
               {"cell": 26, "map": "unsigned", "labels": LETTERS, "rowTitle": "true class",
                "colTitle": "what the net says", "limit": 1, "digits": 2}),),
    ),
    title="Class by class",
)  # fmt: skip
CARDS = (CURVE, CLASSWISE)
