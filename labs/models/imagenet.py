"""What every ImageNet network shares: its pixels, its crop, and the names of its 1000 classes.

Deng et al., "ImageNet: a large-scale hierarchical image database", CVPR 2009.  Mean, standard
deviation, crop and class names are torchvision's (BSD 3-Clause, (c) Soumith Chintala 2016), because
its published weights were made with them: https://docs.pytorch.org/vision/stable/models.html
"""

from functools import cache
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from labs.pictures import middle

MEAN = (0.485, 0.456, 0.406)
STD = (0.229, 0.224, 0.225)
SIDE = 224  # pixels of the centre that the networks are shown
SHORTER = 256  # pixels of the shorter side before the centre is cut out


class Normalise(nn.Module):
    """Pixels (N, 3, H, W) in [0, 1] to what the published weights expect, about mean 0 and std 1.

    It stands inside every network, so that callers never normalise.  It adds nothing to the
    `state_dict`, whose names stay torchvision's.
    """

    def __init__(
        self,
        mean: tuple[float, float, float] = MEAN,
        std: tuple[float, float, float] = STD,
    ) -> None:
        super().__init__()
        self.mean, self.std = mean, std

    def forward(self, x: Tensor) -> Tensor:
        if x.ndim != 4 or x.shape[1] != 3:
            raise ValueError(f"the network takes colour photos (N, 3, H, W), got {tuple(x.shape)}")
        mean, std = (
            torch.tensor(v, dtype=x.dtype, device="cpu").to(x.device).view(3, 1, 1)
            for v in (self.mean, self.std)
        )
        return (x - mean) / std


def centre(x: Tensor, side: int = SIDE) -> Tensor:
    """Return the middle of a picture x: (1, C, H, W) in [0, 1], as (1, 3, side, side).

    The shorter side is brought to 256 pixels for every 224 of `side`, with antialiasing, and the
    middle square is cut out; a grey picture gets three equal channels.
    """
    x = x.expand(1, 3, *x.shape[-2:])
    height, width = x.shape[-2:]
    shorter = round(side * SHORTER / SIDE)
    scale = shorter / min(height, width)
    size = (max(shorter, round(height * scale)), max(shorter, round(width * scale)))
    if size != (height, width):
        x = F.interpolate(x, size, mode="bilinear", antialias=True, align_corners=False)
    return middle(x, side).clamp(0, 1).contiguous()


@cache
def classes() -> tuple[str, ...]:
    """Return the names of the 1000 classes, in the order of the logits."""
    text = (Path(__file__).parent / "imagenet_classes.txt").read_text(encoding="utf-8")
    return tuple(text.splitlines())
