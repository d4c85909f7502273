"""A colour picture under a layer of kernels, made in one of four ways."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from torch import Tensor

from labs.vision.convolution.channels.volume import Cost, costs
from labs.vision.convolution.channels.weights import Weights
from labs.vision.convolution.convolve import output_side


@dataclass(frozen=True, eq=False)
class Layer:
    """A picture, the weights and the settings, and the maps that come out."""

    x: Tensor  # (1, 3, H, W), H = W
    weights: Weights
    way: str
    maps: int
    size: int
    stride: int
    padding: int

    @cached_property
    def y(self) -> Tensor:
        """The stack of maps: (1, d, H', W')."""
        return self.weights.apply(self.way, self.x, self.maps, self.how)

    @property
    def how(self) -> dict[str, int]:
        """Stride and padding."""
        return {"stride": self.stride, "padding": self.padding}

    @property
    def count(self) -> int:
        """How many maps come out."""
        return 3 if self.way == "depthwise" else self.maps

    @property
    def reach(self) -> int:
        """Taps along a side of the kernels."""
        return 1 if self.way == "pointwise" else self.size

    @property
    def side(self) -> int:
        """Cells along a side of the maps."""
        return output_side(self.x.shape[-1], self.reach, self.stride, self.padding, 1)

    @property
    def costs(self) -> Mapping[str, Cost]:
        """What every way costs for maps of this side."""
        return costs(3, self.maps, self.size, self.side**2)
