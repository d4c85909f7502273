"""ReLU and pooling, and a picture that moves by a pixel."""

from labs.vision.convolution.pooling import Pooling
from labs.vision.convolution.pooling.view import CHANGED
from pages.ui.cards.convolution import inspect
from pages.ui.challenges import challenges_card
from pages.ui.stage import Card, Panel

MAPS = Card(
    "pooled",
    columns=(
        (Panel("photo", "x", "Picture", "", "", "the picture", {"size": 252, "map": "ink"}),),
        (Panel("photo", "made", "Convolution", "", "", "the picture under the kernel",
               {"size": 252}),),
        (Panel("photo", "rectified", "ReLU", "dots: winners", "",
               "what is positive, the winners of the pool as dots", {"size": 252}),),
        (Panel("photo", "pooled", "Pool", "", "", "the pooled map", {"size": 252}),),
    ),
    controls=Pooling.controls,
)  # fmt: skip
WINDOW = inspect("The pooled cell under the pointer", "the window and what remains of it", 4)
MOVED = Card(
    "moved",
    columns=(
        (
            Panel("table", "moved", alt="how much of every map is different",
                  options={"rows": 5, "lines": 2, "width": 270}),
        ),
        (
            Panel("curve", "shifts", "", "", "", "change of every map over the shift to the right",
                  {"names": CHANGED, "xTitle": "pixels to the right",
                   "yTitle": "share that differs", "low": 0, "width": 360, "height": 230}),
        ),
    ),
    title="How much moves when the picture moves",
    text="‖after − before‖ / ‖before‖, measured on the maps above.",
    span=8,
)  # fmt: skip
CARDS = (MAPS, WINDOW, MOVED, challenges_card(Pooling.challenges, "move it"))
