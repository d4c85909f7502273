"""One dimension: a signal, a few taps, and the matrix that they are."""

from labs.vision.convolution.signal import Signal
from pages.ui.challenges import challenges_card
from pages.ui.stage import Card, Panel, Transport

SLIDE = Card(
    "slide",
    columns=(
        (
            Panel("sketch", "pen", "Signal and output", "draw with the pen", "",
                  "the signal, which can be drawn, and the output below it",
                  {"edit": True, "names": ["signal", "output"], "width": 880, "height": 220,
                   "xTitle": "place", "yTitle": "value"}),
            Panel("cells", "x1", "Signal", "drag a number", "", "the signal's numbers",
                  {"cell": 44, "edit": True}),
            Panel("cells", "y1", "Output", "", "", "the output's numbers", {"cell": 44}),
        ),
    ),
    controls=(Transport(step="place", speed=5, until=False), *Signal.controls),
)  # fmt: skip
TAPS = Card(
    "taps",
    columns=(
        (
            Panel("cells", "w1", "Taps", "drag a number", "", "the filter's taps",
                  {"cell": 36, "edit": True}),
            Panel("arithmetic", "sum", alt="window, taps and product", options={"height": 190}),
        ),
    ),
    title="The sum in the window",
    span=7,
)  # fmt: skip
MATRIX = Card(
    "matrix",
    columns=(
        (Panel("maps", "full", "Fully connected", "", "", "a full matrix of random weights",
               {"tile": 250, "click": False}),),
        (Panel("maps", "local", "Local", "", "", "a band of weights, each its own",
               {"tile": 250, "click": False}),),
        (Panel("maps", "shared", "Shared: the convolution", "", "",
               "a band in which every row holds the same taps",
               {"tile": 250, "click": False}),),
    ),
    title="The same as a matrix: output = matrix × signal",
    text="Rows make outputs, columns read the signal.  Fewer connections, then one set of weights "
    "for all rows.",
)  # fmt: skip
CARDS = (SLIDE, TAPS, challenges_card(Signal.challenges, "draw and drag", 5), MATRIX)
