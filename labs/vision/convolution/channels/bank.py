"""Eight kernels for colour pictures, each a pattern in space times a mixture of the channels."""

import torch
from torch import Tensor

from labs.vision.convolution.kernels import FIXED, resize

GREY = (0.299, 0.587, 0.114)  # the eye's brightness (ITU-R BT.601)
RED_GREEN = (3.0, -3.0, 0.0)  # colours differ less than brightness does
BLUE_YELLOW = (-1.5, -1.5, 3.0)
BOX = torch.full((3, 3), 1 / 9)
PARTS = (
    ("edges, upright", FIXED["sobel_x"], GREY),
    ("edges, level", FIXED["sobel_y"], GREY),
    ("red against green", FIXED["binomial"], RED_GREEN),
    ("blue against yellow", FIXED["binomial"], BLUE_YELLOW),
    ("red-green edges", FIXED["sobel_x"], RED_GREEN),
    ("spots", FIXED["edge3"], GREY),
    ("brightness", FIXED["identity"], GREY),
    ("blur", BOX, GREY),
)  # fmt: skip
NAMES = tuple(name for name, _, _ in PARTS)
WITHIN = (FIXED["sobel_x"], FIXED["sobel_y"], FIXED["binomial"])  # of the red, green, blue channel


def bank(size: int) -> Tensor:
    """Return the kernels (8, 3, size, size)."""
    return torch.stack(
        [torch.stack([weight * resize(shape, size) for weight in mix]) for _, shape, mix in PARTS]
    )


def within(size: int) -> Tensor:
    """Return one kernel for each channel: (3, size, size)."""
    return torch.stack([resize(shape, size) for shape in WITHIN])


def mixtures() -> Tensor:
    """Return how each of the eight maps mixes the channels: (8, 3)."""
    return torch.tensor([mix for _, _, mix in PARTS])
