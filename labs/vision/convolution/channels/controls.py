"""What can be turned, chosen and pressed where kernels read a colour picture."""

from labs.data.photos import NAMES
from labs.live.controls import Button, Choice, Knob, Select, same
from labs.vision.convolution.kernels import SIZES

SOURCE = Select("source", "picture", same(*NAMES), "coffee", shown=True)
WAY = Choice("way", "way",
             (("bank", "bank of kernels"), ("depthwise", "depthwise"), ("pointwise", "1 × 1"),
              ("separable", "depthwise, then 1 × 1")), "bank")  # fmt: skip
SCALE = Choice(
    "scale",
    "scale of the maps",
    (("unit", "each map by its own scale"), ("layer", "one scale")),
    "unit",
)
CONTROLS = (
    SOURCE, WAY, SCALE,
    Knob("maps", "maps", 1, 8, 4, whole=True),
    Knob("size", "size", *SIZES, 3, whole=True),
    Knob("stride", "stride", 1, 4, 1, whole=True),
    Knob("padding", "padding", 0, 3, 0, whole=True),
    Button("again", "The first kernels again"),
)  # fmt: skip
