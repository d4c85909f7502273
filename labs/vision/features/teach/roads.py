"""Three roads from a picture to numbers: its pixels, its histograms of gradients, a trained net."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import torch.nn.functional as F
from torch import Tensor

from labs.images import to_grey
from labs.vision.features import body
from labs.vision.features.gradients.hog import hog

SIDE = 128  # pixels of an example
COARSE = 32  # pixels a side that the road of pixels sees
CELL = 16  # pixels of a cell of the histograms


@dataclass(frozen=True)
class Road:
    """A way to features: pictures (N, 3, 128, 128) in [0, 1] to (N, `size`)."""

    title: str
    size: int
    features: Callable[[Tensor], Tensor]


def pixels(x: Tensor) -> Tensor:
    """Return pictures x: (N, 3, S, S) at 32 x 32 pixels, about 0: (N, 3072)."""
    return F.interpolate(x, (COARSE, COARSE), mode="area").flatten(1) - 0.5


def histograms(x: Tensor) -> Tensor:
    """Return the histograms of gradients of pictures x: (N, 3, 128, 128) in grey: (N, 1764)."""
    return hog(to_grey(x), CELL)


ROADS: Mapping[str, Road] = {
    "pixels": Road("raw pixels", 3 * COARSE**2, pixels),
    "hog": Road("HOG", (SIDE // CELL - 1) ** 2 * 36, histograms),
    "learned": Road("learned", body.WIDTH, body.features),
}
