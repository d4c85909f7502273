"""One kernel over one picture."""

from labs.data.photos import NAMES
from pages.ui.cards.convolution import inspect
from pages.ui.stage import Button, Card, Choice, Knob, Panel, Select

SOURCE = Select(
    "source", "picture",
    (*((name, name) for name in NAMES), ("grid", "the lecture's grid"), ("drawing", "your drawing"),
     ("yours", "your photograph")),
    "astronaut", shown=True,
)  # fmt: skip
PRESET = Select(
    "preset", "kernel",
    (
        ("sobel_x", "Sobel, left to right"), ("sobel_y", "Sobel, bottom to top"),
        ("edge1", "edges 1 (corners)"), ("edge2", "edges 2 (4 neighbours)"),
        ("edge3", "edges 3 (8 neighbours)"), ("sharpen", "sharpen"), ("box", "box blur"),
        ("binomial", "Gaussian 1 2 1"), ("gaussian", "Gaussian, by width"), ("emboss", "emboss"),
        ("log", "Laplacian of Gaussian"), ("motion", "motion blur"), ("gabor", "Gabor"),
        ("identity", "identity"), ("lecture", "the lecture's 1 0 1"), ("yours", "your own"),
    ),
    "sobel_x", shown=True,
)  # fmt: skip
COLOUR = Choice("colour", "channels", (("grey", "grey"), ("colour", "colour")), "grey")
FLIP = Choice(
    "flip", "operation",
    (("correlation", "cross-correlation"), ("convolution", "convolution (flipped)")),
    "correlation",
)  # fmt: skip
WAY = Choice("way", "way", (("forward", "forward"), ("transposed", "transposed")), "forward")
MODE = Select(
    "mode", "padding with",
    (("constant", "zeros"), ("reflect", "a mirror"), ("replicate", "the rim"),
     ("circular", "the other side")),
    "constant", shown=True,
)  # fmt: skip
SIZE = Knob("size", "size", 1, 7, 3)
PADDING = Knob("padding", "padding", 0, 8, 0)
STRIDE = Knob("stride", "stride", 1, 6, 1)
DILATION = Knob("dilation", "dilation", 1, 8, 1)
SIGMA = Knob("sigma", "width σ", 0.3, 3.0, 1.0, step=0.05, digits=2)
ANGLE = Knob("angle", "angle", -90, 90, 0, unit="°")
WAVELENGTH = Knob("wavelength", "wavelength", 2, 12, 4, step=0.1, digits=1)
CONTROLS = (
    SOURCE, COLOUR, PRESET, FLIP, WAY, SIZE, STRIDE, PADDING, MODE, DILATION, SIGMA, ANGLE,
    WAVELENGTH,
)  # fmt: skip

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
    controls=(
        SOURCE, COLOUR, PRESET, SIZE, SIGMA, ANGLE, WAVELENGTH, Button("normalise", "Normalise"),
        Button("turn", "Turn by 90°"), FLIP, WAY, STRIDE, PADDING, MODE, DILATION,
    ),
)  # fmt: skip

INSPECT = inspect("The output pixel under the pointer", "window, kernel and product", 7)
CARDS = (FILTER, INSPECT)
