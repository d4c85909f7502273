"""What the kernel looks at: a photograph, the lecture's grid, a drawing, or a visitor's picture."""

import torch
from torch import Tensor

from labs.data import strokes
from labs.drawing.pad import Pad
from labs.images import to_grey
from labs.vision.convolution.pictures import picture, square

FIRST = 3  # the digit on the pad before anybody has drawn


class Subject:
    """The picture under the kernel."""

    def __init__(self) -> None:
        self.pad = Pad("x")
        self.pad.show(strokes.sample(FIRST))
        self.mine: Tensor | None = None  # the visitor's own photograph, (3, 512, 512)
        self._state: tuple = ()  # what `_seen` shows
        self._seen = torch.zeros(1, 1, 1)

    def load(self, x: Tensor) -> None:
        """Keep the middle of a visitor's picture x: (1, C, H, W) in [0, 1]."""
        self.mine = square(x)
        self._state = ()

    def look(self, source: str, *, colour: bool) -> Tensor:
        """Return the picture in [0, 1]: (3, H, W) in colour, (1, H, W) in grey or where there is
        none.  It is the same tensor until there is another picture.
        """
        state = (source, colour, self.pad.changes if source == "drawing" else 0)
        if state != self._state:
            x = self._find(source)
            self._state, self._seen = state, x if colour else to_grey(x[None])[0]
        return self._seen

    def _find(self, source: str) -> Tensor:
        if source == "drawing":
            return self.pad.ink[0]
        return self.mine if source == "yours" and self.mine is not None else picture(source)
