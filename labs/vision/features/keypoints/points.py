"""Key points of a picture, their descriptors by hand and learned, and how many are found again.

Lowe, "Distinctive image features from scale-invariant keypoints", IJCV 60 (2004),
https://doi.org/10.1023/B:VISI.0000029664.99615.94.  Key points and descriptors are scikit-image's.
The learned descriptor of a point is the vector of a network's maps there, as in Fischer,
Dosovitskiy & Brox, "Descriptor matching with convolutional neural networks",
https://arxiv.org/abs/1405.5769.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

import torch
import torch.nn.functional as F
from skimage.feature import SIFT, match_descriptors
from torch import Tensor

from labs.data.photos import photo
from labs.images import to_grey
from labs.vision.features.body import stage_maps
from labs.vision.features.source import square

LEAST = 0.005  # contrast of a key point
NEAR = 3.0  # pixels from where a point belongs, within which a match is right
KEPT = 128  # changed photographs whose points are kept, 0.2 MB each
RIM = 8  # pixels of the rim where no point is counted
LAYERS = {"_blocks.2": 4, "_blocks.4": 8, "_blocks.10": 16}  # of the net, with their strides


@dataclass(frozen=True)
class Change:
    """How the second picture differs: turned clockwise about the middle, scaled, darkened."""

    turn: float = 0.0  # degrees
    scale: float = 1.0
    light: float = 1.0  # factor on every pixel


@dataclass(frozen=True)
class Points:
    """The key points of one picture, N of them."""

    places: Tensor  # (N, 2): row and column, float64
    sizes: Tensor  # (N,): sigma in pixels
    angles: Tensor  # (N,): of their gradient, in radians clockwise from the right
    sift: Tensor  # (N, 4, 4, 8): histograms; the first axis lies along the angle
    learned: dict[str, Tensor]  # by layer: (N, K), of length 1


def changed(x: Tensor, change: Change) -> Tensor:
    """Return the picture x: (1, C, S, S) in [0, 1] after a change; beyond its rim lies its mean."""
    angle = math.radians(change.turn)
    cos, sin = math.cos(angle) / change.scale, math.sin(angle) / change.scale
    theta = torch.tensor([[[cos, sin, 0.0], [-sin, cos, 0.0]]], dtype=x.dtype)
    grid = F.affine_grid(theta, list(x.shape), align_corners=False)
    if change.scale < 1:  # what gets smaller is blurred first, or it would alias
        side = max(8, round(x.shape[-1] * change.scale))
        x = F.interpolate(x, (side, side), mode="bilinear", antialias=True, align_corners=False)
    mean = x.mean((2, 3), keepdim=True)
    y = F.grid_sample(x - mean, grid, padding_mode="zeros", align_corners=False) + mean
    return (y * change.light).clamp(0, 1)


def moved(places: Tensor, change: Change, side: int) -> Tensor:
    """Return where places (N, 2) of the picture come to lie, as rows and columns."""
    angle, middle = math.radians(change.turn), (side - 1) / 2
    cos, sin = change.scale * math.cos(angle), change.scale * math.sin(angle)
    row, col = (places - middle).unbind(1)
    return torch.stack([middle + col * sin + row * cos, middle + col * cos - row * sin], 1)


def inside(places: Tensor, side: int) -> Tensor:
    """Return which places lie in the picture, away from its rim: (N,) bool."""
    return ((places >= RIM) & (places <= side - 1 - RIM)).all(1)


def points(x: Tensor) -> Points:
    """Return the key points of x: (1, 3, S, S) in [0, 1], strongest descriptors as they come."""
    finder = SIFT(upsampling=1, c_dog=LEAST)
    try:
        finder.detect_and_extract(to_grey(x)[0, 0].double().numpy())
    except RuntimeError:  # scikit-image's word for a picture without any
        none = torch.zeros(0, dtype=torch.float64)
        maps = {name: torch.zeros(0, 1) for name in LAYERS}
        return Points(none.view(0, 2), none, none, torch.zeros(0, 4, 4, 8), maps)
    places = torch.from_numpy(finder.keypoints).double()
    maps = stage_maps(x, tuple(LAYERS))
    return Points(
        places,
        torch.from_numpy(finder.sigmas).double(),
        math.pi / 2 - torch.from_numpy(finder.orientations).double(),
        torch.from_numpy(finder.descriptors).float().view(-1, 4, 4, 8),
        {name: sampled(maps[name], places, x.shape[-1]) for name in LAYERS},
    )


@lru_cache(KEPT)
def points_of_photo(name: str, side: int, change: Change) -> Points:
    """Return the key points of a photograph that everybody has, after a change, found once."""
    return points(changed(square(photo(name), side), change))


def sampled(maps: Tensor, places: Tensor, side: int) -> Tensor:
    """Return the vectors of maps (1, K, h, w) at places (N, 2) of the picture, of length 1: (N, K).

    Between the cells they are mixed.
    """
    grid = (2 * (places.flip(1) + 0.5) / side - 1).to(maps.dtype)[None, None]  # x before y
    found = F.grid_sample(maps, grid, padding_mode="border", align_corners=False)
    return F.normalize(found[0, :, 0].T, dim=1)


@dataclass(frozen=True)
class Matches:
    """Which points of two pictures were taken for the same."""

    pairs: Tensor  # (M, 2): indices
    right: Tensor  # (M,) bool
    seen: int  # points of the first picture that lie in the second, too

    @property
    def share(self) -> float:
        """The share of right ones among the matches; NaN without a match."""
        return self.right.double().mean().item() if len(self.right) else math.nan

    @property
    def found(self) -> float:
        """The share of the points that were found again; NaN where there are none."""
        return int(self.right.sum()) / self.seen if self.seen else math.nan


def match(a: Points, b: Points, change: Change, side: int, ratio: float, by: str) -> Matches:
    """Return the matches of two pictures' points: each other's nearest, and nearer than `ratio`
    times the second nearest.

    b: of the first picture after `change`.  by: "sift", or a layer.
    """
    goal = moved(a.places, change, side)
    kept = (inside(goal, side) & inside(a.places, side)).nonzero()[:, 0]
    others = inside(b.places, side).nonzero()[:, 0]
    one, two = ((p.sift if by == "sift" else p.learned[by]).flatten(1) for p in (a, b))
    pairs = torch.zeros(0, 2, dtype=torch.long)
    if len(kept) and len(others) > 1:
        found = match_descriptors(
            one[kept].numpy(), two[others].numpy(), cross_check=True, max_ratio=ratio
        )
        found = torch.from_numpy(found).long()
        pairs = torch.stack([kept[found[:, 0]], others[found[:, 1]]], 1)
    away = (goal[pairs[:, 0]] - b.places[pairs[:, 1]]).norm(dim=1)
    return Matches(pairs, away <= NEAR, len(kept))
