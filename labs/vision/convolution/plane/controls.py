"""What can be turned, chosen and pressed where one kernel goes over one picture."""

from labs.data.photos import NAMES
from labs.live.controls import Button, Choice, Knob, Select, same
from labs.vision.convolution.kernels import SIZES

SOURCE = Select(
    "source", "picture",
    (*same(*NAMES), ("grid", "the lecture's grid"), ("drawing", "your drawing"),
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
COLOUR = Choice("colour", "channels", same("grey", "colour"), "grey")
FLIP = Choice(
    "flip", "operation",
    (("correlation", "cross-correlation"), ("convolution", "convolution (flipped)")),
    "correlation",
)  # fmt: skip
WAY = Choice("way", "way", same("forward", "transposed"), "forward")
MODE = Select(
    "mode", "padding with",
    (("constant", "zeros"), ("reflect", "a mirror"), ("replicate", "the rim"),
     ("circular", "the other side")),
    "constant", shown=True,
)  # fmt: skip
SIZE = Knob("size", "size", *SIZES, 3, whole=True)
PADDING = Knob("padding", "padding", 0, 8, 0, whole=True)
STRIDE = Knob("stride", "stride", 1, 6, 1, whole=True)
DILATION = Knob("dilation", "dilation", 1, 8, 1, whole=True)
SIGMA = Knob("sigma", "width σ", 0.3, 3.0, 1.0, step=0.05, digits=2)
ANGLE = Knob("angle", "angle", -90, 90, 0, unit="°")
WAVELENGTH = Knob("wavelength", "wavelength", 2, 12, 4, step=0.1, digits=1)
NORMALISE = Button("normalise", "Normalise")
TURN = Button("turn", "Turn by 90°")
CONTROLS = (
    SOURCE, COLOUR, PRESET, SIZE, SIGMA, ANGLE, WAVELENGTH, NORMALISE, TURN, FLIP, WAY, STRIDE,
    PADDING, MODE, DILATION,
)  # fmt: skip
