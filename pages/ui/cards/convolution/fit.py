"""A kernel that is learned."""

from labs.vision.convolution.fit import Fit
from pages.ui.challenges import challenges_card
from pages.ui.stage import Card, Panel, Transport

FIT = Card(
    "fit",
    columns=(
        (Panel("cells", "goal", "Goal", "", "", "the kernel to be found", {"box": 190}),
         Panel("cells", "learned", "Learned", "", "", "the kernel as learned so far",
               {"box": 190})),
        (Panel("maps", "wanted", "Wanted", "", "the goal's output", "the goal's output",
               {"tile": 200, "click": False}),
         Panel("maps", "made", "Made", "", "the learned kernel's output",
               "the learned kernel's output", {"tile": 200, "click": False})),
        (Panel("curve", "descent", "Descent", "", "", "loss and largest error over steps",
               {"names": ["mean squared error", "largest error of a tap"], "log": True,
                "yTitle": "error", "width": 420, "height": 300}),),
    ),
    controls=(Transport(), *Fit.controls),
)  # fmt: skip
CARDS = (FIT, challenges_card(Fit.challenges, "let it learn"))
