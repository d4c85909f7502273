"""How one number was made, term by term, for the stage's `arithmetic` panel."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from torch import Tensor

from labs.live.frame import Frame


@dataclass(frozen=True, kw_only=True)
class Arithmetic:
    """The terms of one number, and what is said of them.

    form "product": patch times kernel, (C, h, w), one of `parts` for each of the C;
    "pool": one cell of a patch (1, h, w); "sum": rows (N, 3) of input, weight, product;
    "softmax": rows (N, 3) of logit, power, share; "none": words alone.
    """

    form: str = "none"
    title: str
    text: str
    sum: str  # the closing line, with the numbers
    tensors: Mapping[str, Tensor] = field(default_factory=dict)  # patch, kernel, product, rows
    labels: Sequence[str] = ()  # of the rows
    parts: Sequence[str] = ()  # of the channels
    winner: int = -1  # the cell or the row that is outlined; -1 for none
    map: str = "signed"  # colours of the patch: signed, or ink or grey for [0, 1]

    def notes(self) -> dict:
        """Return everything but the tensors, as plain data."""
        plain = {name: value for name, value in vars(self).items() if name != "tensors"}
        ink = self.map != "signed"
        return plain | {"labels": list(self.labels), "parts": list(self.parts), "ink": ink}

    def show(self, frame: Frame, panel: str = "arithmetic") -> None:
        """Add it to a frame, for a panel."""
        frame.values |= {f"{panel}.{name}": x for name, x in self.tensors.items()}
        frame.notes[panel] = self.notes()


def product(
    patch: Tensor, kernel: Tensor, parts: Sequence[str] = ("window",), **more: str
) -> Arithmetic:
    """Return patch times kernel, both (C, h, w); `more` are the texts and the map."""
    tensors = {"patch": patch, "kernel": kernel, "product": patch * kernel}
    return Arithmetic(form="product", tensors=tensors, parts=parts, **more)
