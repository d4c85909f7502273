"""The numbers that a visitor drags: a bank of kernels, one for each channel, and a mixture."""

from collections.abc import Mapping

import torch
from torch import Tensor

from labs.vision.convolution.channels import bank
from labs.vision.convolution.channels.volume import depthwise, pointwise
from labs.vision.convolution.convolve import convolve
from labs.vision.convolution.kernels import resize
from labs.vision.convolution.received import edited

COLOURS = ("red", "green", "blue")
WAYS = ("bank", "depthwise", "pointwise", "separable")


class Weights:
    """What each way of making maps multiplies with."""

    def __init__(self, size: int) -> None:
        self.bank = bank.bank(size)  # (8, 3, m, m)
        self.within = bank.within(size)  # (3, m, m)
        self.mix = bank.mixtures()  # (8, 3)
        self.edited: set[int] = set()  # kernels of the bank that were dragged

    @property
    def size(self) -> int:
        """The side m of the kernels."""
        return self.bank.shape[-1]

    def resize(self, size: int) -> None:
        """Put zeros around the kernels, or cut their rim away."""
        if size == self.size:
            return
        flat = [resize(kernel, size) for kernel in self.bank.flatten(0, 1)]
        self.bank = torch.stack(flat).view(-1, 3, size, size)
        self.within = torch.stack([resize(kernel, size) for kernel in self.within])

    def apply(self, way: str, x: Tensor, maps: int, how: Mapping[str, int]) -> Tensor:
        """Return what becomes of x: (1, 3, H, W): (1, d, H', W').  how: stride and padding."""
        if way == "bank":
            return convolve(x, self.bank[:maps], **how)
        if way == "pointwise":
            return pointwise(x, self.mix[:maps], **how)
        y = depthwise(x, self.within, **how)
        return y if way == "depthwise" else pointwise(y, self.mix[:maps])

    def tiles(self, way: str, maps: int) -> Tensor:
        """Return all kernels of a way as tiles, three in a row: (K, m, m)."""
        if way == "bank":
            return self.bank[:maps].flatten(0, 1)
        return self.mix[:maps].reshape(-1, 1, 1) if way == "pointwise" else self.within

    def slices(self, way: str, k: int) -> Tensor | None:
        """Return the slices on the table, (3, m, m): of kernel k, or one for each channel."""
        if way == "pointwise":
            return None
        return self.bank[k] if way == "bank" else self.within

    def edit(self, way: str, k: int, maps: int, event: Mapping) -> None:
        """Change one number of the mixture, or of a slice on the table.

        Raises ValueError in one sentence.
        """
        panel = event.get("panel")
        if panel == "mix":
            self.mix = torch.cat([edited(self.mix[:maps], event), self.mix[maps:]])
            return
        slices = self.slices(way, k)
        if panel not in COLOURS or slices is None:
            raise ValueError("The slices that can be edited are red, green and blue, and the mix.")
        c = COLOURS.index(panel)
        slices[c] = edited(slices[c], event)
        if way == "bank":
            self.edited.add(k)
