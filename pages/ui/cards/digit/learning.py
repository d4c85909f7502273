"""The card of a LeNet that learns digits from scratch."""

from labs.vision.digit.controls import DIGITS
from labs.vision.digit.learning import AGAIN, FRESH, RATE
from pages.ui.stage import Card, Panel, Transport

BOTH = {"names": ["training", "test"], "width": 280}
LOSS = Panel(
    "curve", "loss", "Loss", "", "cross-entropy, nats", "training and test loss over steps",
    {**BOTH, "log": True, "yTitle": "loss"},
)  # fmt: skip
ACCURACY = Panel(
    "curve", "accuracy", "Accuracy", "", "", "training and test accuracy over steps",
    {**BOTH, "low": 0, "high": 1, "yTitle": "share right"},
)  # fmt: skip
CONFUSION = Panel(
    "cells", "confusion", "Confusion", "10×10", "share of each true class",
    "confusion matrix of the test digits",
    {"cell": 25, "rowTitle": "true digit", "colTitle": "what the net says", "limit": 1,
     "labels": DIGITS},
)  # fmt: skip
KERNELS = Panel(
    "maps", "learned1", "conv1", "6 kernels", "as they are now",
    "the six kernels of conv1 in training", {"columns": 3, "tile": 44, "click": False},
)  # fmt: skip
MAPS1 = Panel(
    "maps", "learning1", "conv1", "of your drawing", "6@28²",
    "what conv1 in training makes of your drawing", {"columns": 3, "tile": 56, "click": False},
)  # fmt: skip
MAPS2 = Panel(
    "maps", "learning2", "conv2", "of your drawing", "16@10²",
    "what conv2 in training makes of your drawing", {"columns": 4, "tile": 40, "click": False},
)  # fmt: skip
OPINION = Panel(
    "bars", "opinion", "It says", "", "of your drawing",
    "what the net in training says of your drawing",
    {"labels": DIGITS, "percent": True, "click": False, "width": 132},
)  # fmt: skip

LEARNING = Card(
    "learning",
    columns=((LOSS, ACCURACY), (CONFUSION,), (KERNELS, MAPS1), (MAPS2,), (OPINION,)),
    controls=(Transport(), RATE, AGAIN, FRESH),
)
