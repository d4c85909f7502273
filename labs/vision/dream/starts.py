"""What a dream can begin with: a photograph of ours or the visitor's, noise, or a drawing."""

from collections.abc import Mapping

import torch
from torch import Tensor

from labs.data import strokes
from labs.data.photos import NAMES, photo
from labs.drawing.pad import Pad
from labs.images import fit_within
from labs.live.controls import Value
from labs.vision.dream.ascent import resize
from labs.vision.dream.parametrisation import noise

PAPER, INK = 0.92, 0.85  # brightness of a drawing's paper, and how much darker its ink is
YOURS = "yours"  # the start that the visitor brought
EXAMPLE = 8  # the digit that the drawing pad begins with


class Starts:
    """The pictures to begin with, at the size that the settings say."""

    def __init__(self, settings: Mapping[str, Value], drawing: Pad) -> None:
        self.settings = settings  # the dream's own: it changes under our eyes
        self.mine: Tensor | None = None  # the visitor's own picture, (1, 3, H, W)
        self.drawing = drawing
        self.drawing.show(strokes.sample(EXAMPLE))

    def bring(self, picture: Tensor) -> None:
        """Keep the visitor's own picture (1, C, H, W) in [0, 1]."""
        self.mine = picture.expand(1, 3, *picture.shape[-2:])

    @property
    def names(self) -> tuple[str, ...]:
        """What can be chosen now."""
        return (*NAMES, "noise", "drawing", *(["yours"] if self.mine is not None else []))

    def picture(self, name: str) -> Tensor:
        """Return the picture (1, 3, H, W) in [0, 1]; the cat where there is none of one's own."""
        size = int(self.settings["size"])
        if name == "noise":
            return noise(1, size, size, generator=torch.Generator().manual_seed(0))
        if name == "drawing":
            ink = resize(self.drawing.ink, (size, size)).clamp(0, 1)
            return (PAPER - INK * ink).expand(1, 3, size, size)
        if name == "yours":
            return fit_within(photo("cat") if self.mine is None else self.mine, size)
        return fit_within(photo(name), size)
