"""A net that learns to find three kinds of things, from scratch."""

from labs.models.scene_loss import WEIGHTS
from labs.vision.scenes import controls as c
from pages.ui.stage import Card, Panel, Transport


def tested(number: int) -> Panel:
    """Return one of the test scenes."""
    title, note = ("Test scenes", "coloured: the net; grey: the truth") if not number else ("", "")
    return Panel("photo", f"test{number}", title, "", note, "a test scene with the net's boxes",
                 {"size": 300, "pointer": False})  # fmt: skip


LEARN = Card(
    "learn",
    columns=(
        (tested(0), tested(1)),
        (tested(2), tested(3)),
        (Panel("curve", "parts", "Loss by part", "training", "", "the loss's parts over steps",
               {"names": list(WEIGHTS), "log": True, "yTitle": "loss", "width": 400,
                "height": 220}),
         Panel("curve", "precision", "Mean average precision", "test", "", "mean average "
               "precision over steps", {"names": ["cat, fish, house"], "low": 0, "high": 1,
               "yTitle": "mAP", "width": 400, "height": 180})),
    ),
    controls=(Transport(), c.RATE, c.THRESHOLD, c.RESTART, c.FRESH),
)  # fmt: skip
CARDS = (LEARN,)
