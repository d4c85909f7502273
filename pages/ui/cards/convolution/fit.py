"""A kernel that is learned."""

from pages.ui.cards.convolution.kernel import PRESET
from pages.ui.stage import Button, Card, Knob, Panel, Select, Transport

TARGET = Select("target", "goal", PRESET.options[:-1], "sobel_x", shown=True)
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
    controls=(
        Transport(), Button("again", "Same start again"), Button("fresh", "Another start"), TARGET,
        Knob("taps", "size", 2, 5, 3),
        Knob("rate", "rate × λmax", 0.05, 4, 1, log=True),
        Knob("momentum", "momentum", 0, 0.999, 0.97, step=0.001, digits=3),
        Button("best", "Polyak's best rate and momentum"),
    ),
)  # fmt: skip
CONTROLS = FIT.controls[3:7]
CARDS = (FIT,)
