"""What the Boltzmann machine asks a visitor to try, and how it knows that it was done."""

import torch
from torch import Tensor

from labs.live.challenges import Challenge
from labs.zoo.reading import shares

LONG = 20  # steps of the chain


def _completed(s: dict, start: Tensor, v: Tensor, count: int, own: bool) -> bool:
    """Another digit than was drawn, with half of the drawing held fast."""
    if not own or s["clamp"] == "nothing" or count < LONG or not start.any():
        return False
    read = shares(torch.cat([start, v]).view(2, 1, 28, 28))
    return bool((read.amax(1) > 0.9).all() and read[0].argmax() != read[1].argmax())


CHALLENGES = (
    Challenge("completed", "Hold half of a drawing of yours fast and let the chain make another "
              "digit of the rest, so that LeNet is sure of both.",
              "The upper half of a 3 is also that of a 2, a 7 or a 9.", _completed),
)  # fmt: skip
