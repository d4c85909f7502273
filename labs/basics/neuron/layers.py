"""Two layers of three logistic units, to be built into XNOR: x1 AND x2, neither, and OR of both."""

import torch
from torch import Tensor

from labs.basics.neuron.controls import LARGEST
from labs.basics.neuron.gates import CORNERS, XNOR, weights
from labs.basics.neuron.unit import logistic, with_one
from labs.live.checks import numbers

UNITS = ("first", "second", "output")
LECTURE = ("AND", "NOR", "OR")


class Layers:
    """w: (3, 3), one row a unit: the two hidden ones, then the output; the bias first."""

    def __init__(self) -> None:
        self.w = torch.zeros(3, 3, dtype=torch.float64)
        self.w[0] = weights("AND")

    def put(self, unit: int, gate: str) -> None:
        """Give a unit the lecture's weights of a gate."""
        self.w[unit] = weights(gate)

    def lecture(self) -> None:
        """Build XNOR as the lecture does."""
        for unit, gate in enumerate(LECTURE):
            self.put(unit, gate)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Return what the hidden units (2, N) and the output (1, N) say of x: (2, N)."""
        hidden = logistic(self.w[:2] @ with_one(x))
        return hidden, logistic(self.w[2:] @ with_one(hidden))

    def table(self) -> Tensor:
        """Return the truth table: (4, 5), x1, x2, both hidden units, output."""
        hidden, output = self.forward(CORNERS)
        return torch.cat([CORNERS, hidden, output]).T

    @property
    def xnor(self) -> bool:
        """Whether the output says 1 0 0 1."""
        said = self.forward(CORNERS)[1][0]
        return ((said > 0.5).int().tolist() == list(XNOR)) and bool(
            ((said - 0.5).abs() > 0.4).all()
        )

    def to_link(self) -> str:
        """Return the nine weights as text."""
        return ",".join(repr(w).removesuffix(".0") for w in self.w.flatten().tolist())

    def from_link(self, text: str) -> None:
        """Take the nine weights of a link.  Raises ValueError in one sentence."""
        found = numbers(text, self.w.numel(), -LARGEST, LARGEST)
        self.w = torch.tensor(found, dtype=torch.float64).view_as(self.w)
