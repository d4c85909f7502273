"""What can be chosen and pressed where stages stand in a row."""

from labs.data.photos import NAMES
from labs.live.controls import Button, Choice, Select, same
from labs.vision.convolution.pipeline.plan import POOLS, TITLES
from labs.vision.convolution.plane.controls import PRESET

NET = Choice("net", "kernels",
             (("yours", "your own"), ("learned", "LeNet's, learned"),
              ("random", "LeNet's, before training")), "yours", shown=True)  # fmt: skip
SOURCE = Select("source", "picture", (*same(*NAMES), ("drawing", "your drawing")), "astronaut",
                shown=True)  # fmt: skip
WORD = Select(
    "word", "this stage",
    (*PRESET.options, ("relu", "ReLU"),
     *((word, f"{TITLES[kind]} {n} × {n}") for word, (kind, n) in POOLS.items())),
    "max2", shown=True,
)  # fmt: skip
ADD = Button("add", "Add a stage after it")
REMOVE = Button("remove", "Remove it")
CONTROLS = (NET, SOURCE, WORD, ADD, REMOVE)
