"""One kernel over one picture."""

from labs.vision.convolution.plane import Filter
from pages.ui.cards.convolution import inspect
from pages.ui.challenges import challenges_card
from pages.ui.stage import Card, Panel

FILTER = Card(
    "filter",
    columns=(
        (
            Panel("photo", "input", "Input", "", "", "the picture that is filtered",
                  {"size": 400, "map": "ink", "limit": 1}),
            Panel("pad", "x", "Draw here", "", "it is the picture above", "your drawing",
                  {"size": 200}),
        ),
        (
            Panel("cells", "kernel", "Kernel", "drag a cell up or down", "",
                  "the kernel; drag a cell up or down, or use arrows, plus and minus",
                  {"box": 250, "edit": True}),
            Panel("dial", "response", "Frequency response", "",
                  "0 in the middle, ½ cycle a pixel at the rim",
                  "how strongly the kernel passes each frequency, 0 in the middle; a Gabor's wave "
                  "has a handle, moved by the arrow keys too",
                  {"tile": 140, "map": "unsigned"}),
        ),
        (
            Panel("photo", "output", "Output", "", "", "the filtered picture", {"size": 400}),
        ),
    ),
    controls=Filter.controls,
)  # fmt: skip

INSPECT = inspect("The output pixel under the pointer", "window, kernel and product", 7)
CARDS = (FILTER, INSPECT, challenges_card(Filter.challenges, "drag", 5))
