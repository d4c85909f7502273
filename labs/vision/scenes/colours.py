"""The colours of the classes, and a picture whose pixels have them."""

import numpy as np
from PIL import Image
from torch import Tensor

from labs.data.doodles import CLASSES
from labs.pictures import saved

COLOURS = (
    "#4c78c8", "#d1495b", "#2f9e77", "#8a63c9", "#e08a2e", "#c9a227", "#3aa6c9", "#2aa0a0",
    "#e377a8", "#a0622d", "#6b7fd7", "#c2623d", "#5aa02c", "#7d9a2e", "#b04fae",
)  # fmt: skip
FILL, INK = 120, 255  # opacity of an area and of a line
PAPER_INK = (122, 130, 150)  # of lines that belong to nothing; it shows on light and on dark paper
NONE = "#7a8296"  # of boxes that have no class
assert len(COLOURS) == len(CLASSES)


def _palette() -> tuple[list[int], bytes]:
    """Entry c is the area of class c (0: nothing), entry 32 + c its lines."""
    colours = [PAPER_INK, *(tuple(int(c[i : i + 2], 16) for i in (1, 3, 5)) for c in COLOURS)]
    rgb, opacity = np.zeros((64, 3), np.uint8), np.zeros(64, np.uint8)
    for c, colour in enumerate(colours):
        rgb[c], opacity[c] = colour, FILL if c else 0
        rgb[32 + c], opacity[32 + c] = np.array(colour) * (0.8 if c else 1), INK
    return rgb.ravel().tolist(), opacity.tobytes()


PALETTE, OPACITY = _palette()


def painted(pixels: Tensor, ink: Tensor | None = None) -> bytes:
    """Return pixels (H, W), 0 nothing and c + 1 class c, as a PNG on clear paper; with ink (H, W)
    in [0, 1] its lines in darker colours.
    """
    entries = pixels.numpy().astype(np.uint8)
    if ink is not None:
        entries = entries + np.where(ink.numpy() > 0.5, np.uint8(32), np.uint8(0))
    image = Image.fromarray(entries, "L")
    image = Image.frombytes("P", image.size, image.tobytes())
    image.putpalette(PALETTE)
    return saved(image, "PNG", compress_level=1, transparency=OPACITY)


def colour(label: int) -> str:
    """Return the colour of class `label`, as CSS has it."""
    return COLOURS[label]
