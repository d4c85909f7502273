"""The numbers that a visitor drags: a bank of kernels, one for each channel, and a mixture."""

from collections.abc import Mapping

import torch
from torch import Tensor

from labs.vision.convolution.channels import bank
from labs.vision.convolution.channels.volume import depthwise, pointwise
from labs.vision.convolution.convolve import convolve
from labs.vision.convolution.kernels import read_as, resize, written
from labs.vision.convolution.received import edited

COLOURS = ("red", "green", "blue")


class Weights:
    """What each way of making maps multiplies with."""

    def __init__(self, size: int) -> None:
        self.bank = bank.bank(size)  # (8, 3, m, m)
        self.within = bank.within(size)  # (3, m, m)
        self.mix = bank.mixtures()  # (8, 3)
        self.edited: set[str] = set()  # the parts that are the visitor's own

    @property
    def size(self) -> int:
        """The side m of the kernels."""
        return self.bank.shape[-1]

    @property
    def parts(self) -> dict[str, Tensor]:
        """What can become the visitor's own: the bank's kernels "0" to "7", "within" and "mix"."""
        kernels = {str(k): kernel for k, kernel in enumerate(self.bank)}
        return kernels | {"within": self.within, "mix": self.mix}

    def resize(self, size: int) -> None:
        """Make the kernels of another size: the visitor's own get zeros around them, or lose their
        rim.
        """
        if size == self.size:
            return
        before = self.parts
        self.bank, self.within = bank.bank(size), bank.within(size)
        for name in self.edited - {"mix"}:
            slices = [resize(one, size) for one in before[name]]
            self.parts[name].copy_(torch.stack(slices))

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
            self.edited.add("mix")
            return
        slices = self.slices(way, k)
        if panel not in COLOURS or slices is None:
            raise ValueError("The slices that can be edited are red, green and blue, and the mix.")
        c = COLOURS.index(panel)
        slices[c] = edited(slices[c], event)
        self.edited.add(str(k) if way == "bank" else "within")

    @property
    def text(self) -> str:
        """The visitor's own numbers as an address carries them: 0_1.5_...~mix_1_..."""
        return "~".join(f"{name}_{written(self.parts[name])}" for name in sorted(self.edited))

    def read(self, text: str) -> None:
        """Take in the numbers of an address, for kernels of the size of now.

        Raises ValueError in one sentence.
        """
        parts = self.parts
        own = dict(one.split("_", 1) for one in text.split("~", len(parts)) if "_" in one)
        if not own.keys() <= parts.keys():
            raise ValueError("The link's kernels have names that are not known here.")
        read = {name: read_as(numbers, parts[name].shape) for name, numbers in own.items()}
        for name, numbers in read.items():
            parts[name].copy_(numbers)
            self.edited.add(name)
