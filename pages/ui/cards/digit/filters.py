"""The kernels of both convolutions, one of them under edit."""

from labs.vision.digit.controls import RESET
from pages.ui.stage import Card, Panel

KERNELS1 = Panel(
    "maps", "kernels1", "conv1", "6 kernels 5×5", "one input", "the six kernels of conv1",
    {"columns": 3, "tile": 44, "scale": "layer"},
)  # fmt: skip
KERNELS2 = Panel(
    "maps", "kernels2", "conv2", "16 × 6 kernels 5×5", "six inputs each, two maps a row",
    "the kernels of conv2, sixteen rows of six",
    {"columns": 12, "tile": 20, "gap": 3, "scale": "layer"},
)  # fmt: skip
KERNEL = Panel(
    "cells", "kernel", "Edit", "5×5", "kernel", "the chosen kernel; drag a cell up or down",
    {"cell": 34, "edit": True},
)  # fmt: skip
KERNELS = Card(
    "kernels",
    columns=((KERNELS1, KERNEL), (KERNELS2,)),
    controls=(RESET,),
    title="Filters",
    text="Click a kernel, then drag one of its cells up or down (or focus it: arrows, + and −). "
    "Only your copy changes.",
    span=5,
)
