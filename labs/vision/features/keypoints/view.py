"""How key points, their descriptors and matches are shown and said."""

import math

import torch
import torch.nn.functional as F
from torch import Tensor

from labs.numerals import counted
from labs.vision.features.gradients.hog import glyphs
from labs.vision.features.keypoints.points import Matches, Points

STAR = 24  # pixels of a histogram's star
PATCH = 6.0  # of what a descriptor sees, to each side, in sigmas


def star(histogram: Tensor) -> Tensor:
    """Return a descriptor (4, 4, 8) as 4 x 4 stars, its direction to the right: (1, H, W)."""
    return glyphs(histogram.permute(2, 1, 0), STAR, signed=True)


def patch(picture: Tensor, p: Points, k: int, side: int = 48) -> Tensor:
    """Return what the descriptor of a point sees, turned as it is: (1, side, side)."""
    size = picture.shape[-1]
    (row, col), angle = p.places[k].tolist(), p.angles[k].item()
    reach = 2 * PATCH * p.sizes[k].item() / size
    cos, sin = reach * math.cos(angle), reach * math.sin(angle)
    x, y = 2 * (col + 0.5) / size - 1, 2 * (row + 0.5) / size - 1
    theta = torch.tensor([[[cos, -sin, x], [sin, cos, y]]], dtype=torch.float32)
    grid = F.affine_grid(theta, [1, 1, side, side], align_corners=False)
    grey = picture.mean(1, keepdim=True)
    return F.grid_sample(grey, grid, padding_mode="border", align_corners=False)[0]


def marks(a: Points, b: Points, now: Matches, left: int, chosen: int | None) -> list[dict]:
    """Return every key point as a ring with its direction, and a line for each match."""
    lines = []
    for (i, j), right in zip(now.pairs.tolist(), now.right.tolist(), strict=True):
        (r0, c0), (r1, c1) = a.places[i].tolist(), b.places[j].tolist()
        lines.append({"line": [r0 + 0.5, c0 + 0.5, r1 + 0.5, c1 + 0.5 + left],
                      "ink": "done" if right else "negative"})  # fmt: skip
    matched = [set(side) for side in (now.pairs.T.tolist() or ([], []))]
    rings = []
    for p, off, known in ((a, 0, matched[0]), (b, left, matched[1])):
        for k, ((row, col), size, angle) in enumerate(
            zip(p.places.tolist(), p.sizes.tolist(), p.angles.tolist(), strict=True)
        ):
            ink = "accent" if k in known else "dim"
            rings.append({"ring": [row + 0.5, col + 0.5 + off, 2 * size, angle], "ink": ink})
    if chosen is not None:
        row, col = a.places[chosen].tolist()
        reach = PATCH * a.sizes[chosen].item()
        rings.append({"box": [row - reach, col - reach, row + reach, col + reach]})
    return lines + rings


def size_of(p: Points, k: int | None) -> str:
    """Return size and direction of a point in words."""
    if k is None:
        return "there is no key point"
    degrees = math.degrees(p.angles[k].item()) % 360
    return f"σ = {p.sizes[k].item():.1f} px, direction {degrees:.0f}°"


def sentence(now: Matches, by: str) -> str:
    """Return what was found, in one sentence."""
    if not now.seen:
        return "There is no key point that both pictures show."
    name = "SIFT" if by == "sift" else "The learned descriptor"
    right = int(now.right.sum())
    return (
        f"{name} finds {right} of {counted(now.seen, 'key point')} again; wrong matches: "
        f"{len(now.right) - right}."
    )
