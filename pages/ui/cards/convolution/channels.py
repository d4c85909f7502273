"""Many channels: a volume, a bank of kernels, a stack of maps."""

from labs.vision.convolution.channels import Channels
from pages.ui.cards.convolution import inspect
from pages.ui.challenges import challenges_card
from pages.ui.stage import Card, Panel


def slice_of(colour: str) -> Panel:
    """One slice of a kernel, to be dragged."""
    alt = f"the kernel's slice for the {colour} channel; drag a cell, or use arrows, plus and minus"
    return Panel("cells", colour, f"{colour.capitalize()} slice", "", "drag a cell", alt,
                 {"box": 118, "edit": True})  # fmt: skip


VOLUME = Card(
    "volume",
    columns=(
        (
            Panel("photo", "photo", "Picture", "", "", "the colour photograph",
                  {"size": 270, "pointer": False}),
            Panel("maps", "volume", "Its three channels", "", "the volume, slice by slice",
                  "the red, green and blue channel",
                  {"tile": 84, "columns": 3, "gap": 18, "labelled": True, "click": False}),
        ),
        (
            Panel("maps", "bank", "Kernels", "click one", "",
                  "every kernel in a row, its slices for red, green and blue side by side",
                  {"tile": 40, "columns": 3, "gap": 8, "scale": "layer"}),
            Panel("cells", "mix", "Mixture", "drag a cell", "",
                  "how much of each channel goes into each map",
                  {"cell": 40, "edit": True, "rowTitle": "map", "colTitle": "red, green, blue"}),
        ),
        (
            slice_of("red"), slice_of("green"), slice_of("blue"),
        ),
        (
            Panel("maps", "stack", "Output: a stack of maps", "", "", "the output maps",
                  {"tile": 196, "columns": 2, "gap": 18, "labelled": True}),
        ),
    ),
    controls=Channels.controls,
)  # fmt: skip
SUM = inspect("The output cell you clicked", "windows, kernel slices and products", 6)
COST = Card(
    "cost",
    columns=((Panel("ledger", "cost", alt="what each way costs", options={"click": True}),),),
    title="What it costs",
    text="Without biases, for maps of this side.  Click a row to take that way.",
    span=6,
)
CARDS = (VOLUME, SUM, COST, challenges_card(Channels.challenges, "drag"))
