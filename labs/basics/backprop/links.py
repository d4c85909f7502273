"""Numbers as text that a link holds exactly: "0.5,-1"."""

import torch
from torch import Tensor

from labs.live.checks import number

LONGEST = 2000  # characters: more than the largest net's weights have
LARGEST = 1e6


def to_text(numbers: Tensor) -> str:
    """Return the numbers of a tensor, row by row."""
    return ",".join(repr(v).removesuffix(".0") for v in numbers.flatten().tolist())


def from_text(text: str) -> Tensor:
    """Return the numbers of a text, (k,) in float64.  Raises ValueError in one sentence."""
    try:
        found = [number(float(v), -LARGEST, LARGEST, "A number") for v in text[:LONGEST].split(",")]
    except ValueError:
        raise ValueError(f"The link says {text[:20]!r}, which are no numbers.") from None
    return torch.tensor(found, dtype=torch.float64)
