"""A picture on its way through a kernel, ReLU and the pools."""

from collections.abc import Mapping
from dataclasses import dataclass

from torch import Tensor

from labs.vision.convolution.convolve import convolve
from labs.vision.convolution.pooling.pool import average_pool, global_average, max_pool, moved


@dataclass(frozen=True, eq=False)
class Passes:
    """A picture and what each step made of it, each (1, 1, h, w); `pools` by kind."""

    x: Tensor
    made: Tensor
    rectified: Tensor
    pools: Mapping[str, Tensor]

    def changes(self, after: "Passes") -> list[float]:
        """Return by what share picture, ReLU's map and the pools differ from these."""
        pairs = ((self.x, after.x), (self.rectified, after.rectified))
        pools = ((pool, after.pools[kind]) for kind, pool in self.pools.items())
        return [moved(a, b) for a, b in (*pairs, *pools)]


def passes(x: Tensor, kernel: Tensor, *, relu: bool, size: int, stride: int) -> Passes:
    """Return what becomes of a picture x: (1, 1, H, W) under kernel (m, m)."""
    made = convolve(x, kernel[None, None])
    rectified = made.clamp_min(0) if relu else made
    pools = {
        "max": max_pool(rectified, size, stride)[0],
        "average": average_pool(rectified, size, stride),
        "global": global_average(rectified),
    }
    return Passes(x, made, rectified, pools)
