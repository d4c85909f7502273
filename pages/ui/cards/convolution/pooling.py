"""ReLU and pooling, and a picture that moves by a pixel."""

from labs.data.photos import NAMES
from pages.ui.cards.convolution.kernel import PRESET
from pages.ui.stage import Card, Choice, Knob, Panel, Select

CONTROLS = (
    Select("source", "picture", (("digit", "a digit"), *((name, name) for name in NAMES)), "digit",
           shown=True),
    Select("preset", "kernel", PRESET.options[:-1], "sobel_x", shown=True),
    Choice("relu", "ReLU", (("on", "ReLU"), ("off", "no ReLU")), "on"),
    Choice("pool", "pool", (("max", "maximum"), ("average", "average"), ("global", "global")),
           "max", shown=True),
    Knob("size", "window", 1, 6, 2),
    Knob("stride", "stride", 1, 6, 2),
    Knob("right", "move right", -6, 6, 1, unit=" px"),
    Knob("down", "move down", -6, 6, 0, unit=" px"),
)  # fmt: skip
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
    controls=CONTROLS,
)  # fmt: skip
WINDOW = Card(
    "window",
    columns=((Panel("arithmetic", "arithmetic", alt="the window and what remains of it"),),),
    title="The pooled cell under the pointer",
    span=4,
)
MOVED = Card(
    "moved",
    columns=(
        (
            Panel("table", "moved", alt="how much of every map is different",
                  options={"rows": 5, "lines": 2, "width": 270}),
        ),
        (
            Panel("curve", "shifts", "", "", "", "change of every map over the shift to the right",
                  {"names": ["picture", "after ReLU", "max pool", "average pool", "global average"],
                   "xTitle": "pixels to the right", "yTitle": "share that differs", "low": 0,
                   "width": 360, "height": 230}),
        ),
    ),
    title="How much moves when the picture moves",
    text="‖after − before‖ / ‖before‖, measured on the maps above.",
    span=8,
)  # fmt: skip
CARDS = (MAPS, WINDOW, MOVED)
