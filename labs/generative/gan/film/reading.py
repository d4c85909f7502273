"""Which digits fakes of 8 x 8 show, as LeNet-5 reads them, enlarged as UCI's digits are."""

import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits
from torch import Tensor

from labs.zoo.reading import shares

FEW = 0.25  # of its fair share, from which a digit counts as covered


def digits() -> Tensor:
    """Return scikit-learn's digits, (1797, 64) in [0, 1]."""
    return torch.from_numpy(load_digits().images).float().flatten(1) / 16


def enlarged(x: Tensor) -> Tensor:
    """Return pictures (N, 64) as LeNet-5 wants them, (N, 1, 28, 28)."""
    x = F.interpolate(x.view(-1, 1, 8, 8), (20, 20), mode="bicubic", align_corners=False)
    return F.pad(x.clamp(0, 1), (4, 4, 4, 4))


def census(x: Tensor) -> tuple[Tensor, float]:
    """Return the shares of the ten digits among pictures (N, 64), and how sure LeNet is, a mean."""
    p = shares(enlarged(x))
    return p.argmax(1).bincount(minlength=10) / len(x), p.amax(1).mean().item()


def covered(census: Tensor) -> int:
    """Return how many digits have at least a quarter of their fair share."""
    return int((census >= FEW / 10).sum())
