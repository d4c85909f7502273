"""The base of labs in which a drawing goes through a net: the pad, its picture, its link."""

from typing import ClassVar

from torch import Tensor

from labs.data import strokes
from labs.drawing.mnist import place_as_mnist
from labs.drawing.pad import Pad
from labs.live.experiment import Event
from labs.live.lab import Lab


class OnPad(Lab):
    """A lab with a drawing `x`, at first a sample of a digit.  It may stand before another base.

    `show()` of a subclass ends with `self.pad.tell(frame)`.
    """

    links = ("x",)
    on: ClassVar = {("x", "*"): "draw"}
    first: ClassVar[int] = 0
    """The digit on the pad when the page opens."""

    def __init__(self) -> None:
        self.pad = Pad("x")
        self.pad.show(strokes.sample(self.first))
        super().__init__()

    @property
    def seen(self) -> Tensor:
        """The drawing as MNIST would have it, (1, 1, 28, 28)."""
        return place_as_mnist(self.pad.picture)[0]

    def draw(self, event: Event) -> None:
        """Take in what the pad sends; another drawing is followed by `drawn`."""
        before = self.pad.changes
        self.pad.receive(event)
        if self.pad.changes != before:
            self.drawn()

    def drawn(self) -> None:
        """Follow another drawing."""

    def to_link(self) -> dict[str, str]:
        """Return the visitor's drawing."""
        return super().to_link() | self.pad.address()

    def left_out(self) -> str:
        """Say what of the drawing a link does not hold."""
        return super().left_out() or self.pad.left_out()

    def from_link(self, name: str, text: str) -> None:
        """Take the drawing of a link."""
        if name == "x":
            self.draw({"kind": "link", "value": text})
        else:
            super().from_link(name, text)


def sample(digit: int) -> Tensor:
    """Return a sample of a digit as MNIST would have it, (1, 1, 28, 28)."""
    pad = Pad("x")
    pad.draw(strokes.sample(digit))
    return place_as_mnist(pad.picture)[0]
