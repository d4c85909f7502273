"""The one shape that every data set comes in."""

from dataclasses import dataclass

from torch import Tensor


@dataclass(frozen=True)
class Split:
    """Training and test part: x (N, C, H, W) in [0, 1], y (N,) classes from 0 on."""

    x: Tensor
    y: Tensor
    x_test: Tensor
    y_test: Tensor
    name: str
    source: str
