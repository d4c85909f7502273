"""What can be turned, chosen and pressed on a scene."""

from labs.data.doodles import CLASSES
from labs.live.controls import Button, Choice, Knob, Select, Transport, same

THRESHOLD = Knob("threshold", "least score", 0.02, 0.95, 0.4, step=0.01, digits=2)
OVERLAP = Knob("iou", "largest IoU of two boxes", 0.0, 1.0, 0.45, step=0.01, digits=2)
VIEW = Choice(
    "view", "pixels",
    (("classes", "class"), ("confidence", "class, if above 90 %"), ("none", "none")),
    "classes", shown=True,
)  # fmt: skip
HELD = (
    Button("copy", "Copy"),
    Button("left", "Turn left", press="turn", args=("-15",)),
    Button("right", "Turn right", press="turn", args=("15",)),
    Button("larger", "Larger", press="scale", args=("1.15",)),
    Button("smaller", "Smaller", press="scale", args=("0.87",)),
    Button("mirror", "Mirror"),
    Button("remove", "Remove"),
)
WHY = Choice(
    "why", "gradient of", (("box", "the box’s score"), ("pixel", "the pointed pixel’s class")),
    "box", shown=True,
)  # fmt: skip
MINE = Choice("mine", "you give", (("box", "a box"), ("mask", "a mask")), "box", shown=True)
LABEL = Select("label", "of a", same(*CLASSES), "cat", shown=True)

ANCHOR = Choice(
    "anchor", "anchor", (("0", "small"), ("1", "middle"), ("2", "large")), "1", shown=True
)  # fmt: skip
PLAY = Transport(speed=1, until=False)
AGAIN = Button("again", "Begin again")
WITHIN = Choice(
    "within", "suppress", (("class", "within a class"), ("all", "across classes")), "class",
    shown=True,
)  # fmt: skip

SKIPS = Choice(
    "skips", "the sum ends at", (("32", "stride 32"), ("16", "16"), ("8", "8"), ("4", "4")), "4",
    shown=True,
)  # fmt: skip
KERNEL = Knob("kernel", "kernel", 2, 6, 3, whole=True)
STRIDE = Knob("stride", "stride", 1, 4, 2, whole=True)
FILLING = Choice(
    "filling", "weights", (("ones", "all 1"), ("bilinear", "bilinear"), ("random", "random")),
    "ones", shown=True,
)  # fmt: skip
SLIDE = Knob("slide", "window begins at column", 0, 92, 32, whole=True)

OF = Select("of", "class", (("all", "all classes"), *same(*CLASSES)), "all", shown=True)

RATE = Knob("rate", "learning rate", 1e-4, 0.1, 0.003, log=True)
RESTART = Button("again", "Same weights again")
FRESH = Button("fresh", "New weights")
