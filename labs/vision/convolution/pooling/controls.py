"""What can be turned and chosen where a map is pooled and the picture moves."""

from labs.data.photos import NAMES
from labs.live.controls import Choice, Knob, Select, same
from labs.vision.convolution.plane.controls import PRESET

FAR = 6  # pixels that the picture may move
POOL = Choice("pool", "pool", (("max", "maximum"), ("average", "average"), ("global", "global")),
              "max", shown=True)  # fmt: skip
CONTROLS = (
    Select("source", "picture", (("digit", "a digit"), *same(*NAMES)), "digit", shown=True),
    Select("preset", "kernel", PRESET.options[:-1], "sobel_x", shown=True),
    Choice("relu", "ReLU", (("on", "ReLU"), ("off", "no ReLU")), "on"),
    POOL,
    Knob("size", "window", 1, 6, 2, whole=True),
    Knob("stride", "stride", 1, 6, 2, whole=True),
    Knob("right", "move right", -FAR, FAR, 1, unit=" px", whole=True),
    Knob("down", "move down", -FAR, FAR, 0, unit=" px", whole=True),
)
