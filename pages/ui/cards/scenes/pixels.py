"""Segmentation, opened up: strides and skips, transposed convolution, the head that slides."""

from labs.vision.scenes import controls as c
from labs.vision.scenes.segmentation import SHOWN
from pages.ui.cards.scenes.draw import pad
from pages.ui.stage import Card, Panel

DIGITS = tuple("0123456789")


def ended(stride: int) -> Panel:
    """Return the picture where the sum of scores ends at a stride."""
    alt = f"classes of the pixels from scores at stride {stride}"
    return Panel(
        "photo", f"s{stride}", f"FCN-{stride}s", "", "", alt, {"size": 290, "hover": False}
    )


STRIDES = Card(
    "strides",
    columns=(
        (pad(330),),
        (ended(32), ended(16)),
        (ended(8), ended(4)),
        (Panel("ledger", "pixel", alt="the scores of the pointed pixel, stride by stride",
               options={"rows": SHOWN, "width": 470}),),
    ),
    controls=(c.SKIPS,),
    title="Stride and skips",
    text="Scores at stride 32 know what, not where. Each skip adds the scores of a finer layer to "
    "the enlarged coarser ones. Point at a pixel.",
    wrap=True,
)  # fmt: skip
TRANSPOSED = Card(
    "transposed",
    columns=(
        (Panel("cells", "small", "A small map", "4 × 4", "", "a map of 4 x 4", {"cell": 34}),),
        (Panel("cells", "weight", "Kernel", "", "", "the kernel's weights", {"cell": 34}),),
        (Panel("cells", "large", "Transposed convolution", "", "", "the enlarged map",
               {"box": 360, "digits": 1}),),
        (Panel("cells", "cover", "Cover", "copies that lie on it", "", "how many copies of the "
               "kernel lie on each value", {"box": 300, "digits": 0}),),
    ),
    controls=(c.KERNEL, c.STRIDE, c.FILLING),
    title="Transposed convolution, and its checkerboard",
    text="Each value of the small map puts a copy of the kernel on the large one. Where the stride "
    "does not divide the kernel, some places get more copies than their neighbours.",
    wrap=True,
)  # fmt: skip
SLIDE = Card(
    "slide",
    columns=(
        (Panel("image", "strip", "A wider picture", "32 × 124", "", "four digits in a row",
               {"size": 470, "click": False, "map": "ink", "read": False}),
         Panel("image", "scores", "The head slides", "10 digits × 24 places", "softmax at each "
               "place", "shares of ten digits at every place of the window",
               {"size": 470, "click": False, "map": "unsigned"})),
        (Panel("image", "window", "The window", "32 × 32", "", "what the dense head sees",
               {"size": 130, "click": False, "map": "ink", "read": False}),),
        (Panel("bars", "dense", "Dense head", "logits", "", "logits of the dense head and of the "
               "convolution at this place",
               {"labels": list(DIGITS), "beside": "slid", "heads": ["dense", "convolution"],
                "click": False, "width": 300}),),
    ),
    controls=(c.SLIDE,),
    title="From classifier to fully convolutional",
    text="LeNet-5 reads one digit. Its dense layer of 400 inputs is a convolution of 16 × 5 × 5: "
    "on a wider picture it slides, and each place gets what the dense head says of that window.",
)  # fmt: skip
CARDS = (STRIDES, TRANSPOSED, SLIDE)
