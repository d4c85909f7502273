"""The cards of the convolution lab: one kernel over one picture."""

from labs.data.photos import NAMES
from pages.ui.stage import Button, Card, Choice, Knob, Panel, Select, Transport

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
        ),
        (
            Panel("cells", "kernel", "Kernel", "drag a cell up or down", "",
                  "the kernel; drag a cell up or down, or use arrows, plus and minus",
                  {"box": 250, "edit": True}),
            Panel("maps", "response", "Frequency response", "",
                  "0 in the middle, ½ cycle a pixel at the rim",
                  "how strongly the kernel passes each frequency, 0 in the middle",
                  {"tile": 112, "click": False, "map": "unsigned"}),
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

INSPECT = Card(
    "inspect",
    columns=((Panel("arithmetic", "arithmetic", alt="window, kernel and product"),),),
    title="The output pixel under the pointer",
    span=5,
)

DRAWING = Card(
    "drawing",
    columns=(
        (
            Panel("pad", "x", "Your drawing", "256²", "a stroke makes it the picture",
                  "your drawing", {"size": 200}),
        ),
    ),
    title="Draw",
    span=3,
)  # fmt: skip


SOURCES = (
    ("Dumoulin & Visin (2016): A guide to convolution arithmetic for deep learning",
     "https://arxiv.org/abs/1603.07285"),
    ("LeCun et al. (1998): Gradient-based learning applied to document recognition",
     "http://yann.lecun.com/exdb/publis/pdf/lecun-01a.pdf"),
    ("Zeiler, Krishnan, Taylor & Fergus (2010): Deconvolutional networks",
     "https://doi.org/10.1109/CVPR.2010.5539957"),
    ("Daugman (1985): Uncertainty relation for resolution in space, spatial frequency, and "
     "orientation", "https://doi.org/10.1364/JOSAA.2.001160"),
    ("Yu & Koltun (2015): Multi-scale context aggregation by dilated convolutions",
     "https://arxiv.org/abs/1511.07122"),
)  # fmt: skip

SIGNAL = Card(
    "signal",
    columns=(
        (
            Panel("cells", "x1", "Signal", "drag a number", "", "the signal's numbers",
                  {"cell": 40, "edit": True}),
            Panel("cells", "w1", "Taps", "drag a number", "", "the filter's taps",
                  {"cell": 40, "edit": True}),
            Panel("cells", "y1", "Output", "", "", "the output's numbers", {"cell": 40}),
            Panel("arithmetic", "sum", alt="window, taps and product"),
        ),
        (
            Panel("maps", "full", "Fully connected", "", "", "a full matrix of random weights",
                  {"tile": 130, "click": False}),
            Panel("maps", "local", "Local", "", "", "a band of weights, each its own",
                  {"tile": 130, "click": False}),
            Panel("maps", "shared", "Shared: the convolution", "", "",
                  "a band in which every row holds the same taps", {"tile": 130, "click": False}),
        ),
    ),
    controls=(
        Transport(step="place"),
        Select("signal", "signal",
               (("lecture", "the lecture's 1 1 1 0 0"), ("step", "a block"),
                ("impulse", "an impulse"), ("ramp", "a ramp"), ("noise", "noise"),
                ("yours", "your own")), "lecture", shown=True),
        Select("taps", "taps",
               (("lecture", "the lecture's 1 0 1"), ("difference", "difference"),
                ("mean", "mean of three"), ("binomial", "¼ ½ ¼"), ("delay", "1 0 0"),
                ("yours", "your own")), "lecture", shown=True),
        FLIP,
        Knob("padding", "padding", 0, 2, 0),
    ),
)  # fmt: skip
SIGNAL_CONTROLS = SIGNAL.controls[1:]

TARGET = Select("target", "goal", PRESET.options[:-1], "sobel_x", shown=True)
FIT = Card(
    "fit",
    columns=(
        (Panel("cells", "goal", "Goal", "", "", "the kernel to be found", {"box": 190}),
         Panel("cells", "learned", "Learned", "", "", "the kernel as learnt so far",
               {"box": 190})),
        (Panel("maps", "wanted", "Wanted", "", "the goal's output", "the goal's output",
               {"tile": 200, "click": False}),
         Panel("maps", "made", "Made", "", "the learnt kernel's output",
               "the learnt kernel's output", {"tile": 200, "click": False})),
        (Panel("curve", "descent", "Descent", "", "", "loss and largest error over steps",
               {"names": ["mean squared error", "largest error of a tap"], "log": True,
                "yTitle": "error", "width": 420, "height": 300}),),
    ),
    controls=(
        Transport(), Button("again", "Same start again"), Button("fresh", "Another start"), TARGET,
        Knob("taps", "size", 2, 5, 3),
        Knob("rate", "rate × steepest", 0.05, 4, 1, log=True),
        Knob("momentum", "momentum", 0, 0.999, 0.97, step=0.001, digits=3),
        Button("best", "Polyak's best"),
    ),
)  # fmt: skip
FIT_CONTROLS = FIT.controls[3:7]
