"""The ink of a picture of writing, whatever paper it lies on and whatever light it lies in."""

import math

import torch
import torch.nn.functional as F
from torch import Tensor

from labs.images import fit_within, to_grey

FAINTEST = 0.05  # of white: what differs less from the paper around it is no ink


def ink_of(x: Tensor, side: int = 256) -> tuple[Tensor, bool]:
    """Return the ink of a picture x: (1, C, H, W), and whether it is darker than its paper.

    The ink is (1, 1, side, side) in [0, 1], white on black; shadows on the paper are evened out.
    Raises ValueError, one sentence, where there is none.
    """
    grey = fit_within(to_grey(x), side)
    dark = bool(((grey[0, 0] - _light(grey[0, 0])) ** 3).sum() < 0)  # ink differs most from paper
    ink = 1 - grey if dark else grey
    height, width = ink.shape[-2:]
    reach = max(3, (max(height, width) // 3) | 1)
    paper = -F.max_pool2d(-ink, 3, stride=1, padding=1)  # the darkest nearby: no ink in it
    for way in ((reach, 1), (1, reach)):
        around = (way[0] // 2, way[1] // 2)
        paper = F.avg_pool2d(paper, way, 1, around, count_include_pad=False)
    ink = (ink - paper).clamp_min(0)
    strongest = ink.flatten().kthvalue(max(1, math.ceil(0.998 * ink.numel()))).values
    if strongest < max(FAINTEST, 6 * _grain(grey)):
        raise ValueError("The picture has no ink: nothing on it stands out from its paper.")
    ink = (ink / strongest).clamp(0, 1)
    ink = ((ink - 0.35) / 0.4).clamp(0, 1)  # paper grain to 0, the stroke's body to 1
    left, top = (side - width) // 2, (side - height) // 2
    return F.pad(ink, (left, side - width - left, top, side - height - top)), dark


def _light(grey: Tensor) -> Tensor:
    """Return the light on the paper in grey: (H, W): the parabola nearest to its rim."""
    height, width = grey.shape
    y, x = torch.linspace(-1, 1, height)[:, None], torch.linspace(-1, 1, width)[None]
    terms = torch.stack([z.expand(height, width) for z in (x**0, x, y, x * x, y * y, x * y)], -1)
    rim = torch.ones(height, width, dtype=torch.bool)
    rim[1:-1, 1:-1] = False
    found = torch.linalg.lstsq(terms[rim], grey[rim][:, None]).solution
    return (terms @ found)[..., 0]


def _grain(grey: Tensor) -> Tensor:
    """Return the standard deviation of the paper's grain in grey: (1, 1, H, W)."""
    steps = (grey[..., 1:] - grey[..., :-1]).abs()
    return steps.median() / 0.954 if steps.numel() else torch.tensor(0.0)
