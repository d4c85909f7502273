"""The lecture's gates: weights of a logistic unit with 0 and 1 as inputs."""

from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor

CORNERS = torch.tensor([[0.0, 0.0, 1.0, 1.0], [0.0, 1.0, 0.0, 1.0]], dtype=torch.float64)  # (2, 4)


@dataclass(frozen=True)
class Gate:
    """What is wanted at (0, 0), (0, 1), (1, 0), (1, 1), and weights that do it, if one unit can."""

    wanted: tuple[int, int, int, int]
    weights: tuple[float, float, float] | None  # bias, w1, w2


GATES: Mapping[str, Gate] = {
    "AND": Gate((0, 0, 0, 1), (-30, 20, 20)),
    "OR": Gate((0, 1, 1, 1), (-10, 20, 20)),
    "NOT x1": Gate((1, 1, 0, 0), (10, -20, 0)),
    "NAND": Gate((1, 1, 1, 0), (30, -20, -20)),
    "NOR": Gate((1, 0, 0, 0), (10, -20, -20)),  # (NOT x1) AND (NOT x2)
    "XOR": Gate((0, 1, 1, 0), None),
}
NAMED = tuple(name for name, gate in GATES.items() if gate.weights)  # what one unit can do
XNOR = (1, 0, 0, 1)


def weights(gate: str) -> Tensor:
    """Return a gate's weights, (3,); zeros for XOR, which no single unit can do."""
    return torch.tensor(GATES[gate].weights or (0.0, 0.0, 0.0), dtype=torch.float64)


def why_not_xor() -> str:
    """Return why one unit fails on XOR."""
    return (
        "XOR asks for b < 0 at (0, 0), w₁ + b > 0 and w₂ + b > 0 at the two mixed corners, and "
        "w₁ + w₂ + b < 0 at (1, 1).  The middle two add up to w₁ + w₂ + 2b > 0, the outer two to "
        "w₁ + w₂ + 2b < 0: no line does both, so at most three of the four come out right."
    )
