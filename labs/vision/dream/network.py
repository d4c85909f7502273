"""A network made ready for dreaming: frozen, folded, and run no further than it must be.

All is exact.  Folding puts each batch norm into the convolution before it; running stops at the
deepest layer that is asked for; channels_last is the memory order that convolutions like, and many
channels with a stride of 1 are the shape they like.
"""

import copy
import threading
from collections.abc import Collection
from functools import partial

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from labs.models.fold import fold
from labs.vision.dream.objective import LOGITS


class _Reached(Exception):  # noqa: N818
    """Not an error: everything that was asked for has been computed."""


class _Unshuffled(nn.Module):
    """A convolution with a stride, over blocks of pixels as channels: the same sums, and the way
    back to the pixels in half the time.
    """

    def __init__(self, conv: nn.Conv2d) -> None:
        super().__init__()
        self.conv, self.block = conv, conv.stride[0]
        self.weight = nn.Parameter(F.pixel_unshuffle(conv.weight, self.block))

    @staticmethod
    def fits(module: nn.Module) -> bool:
        """Whether a module is a convolution whose kernel and padding are made of whole blocks."""
        if not isinstance(module, nn.Conv2d) or isinstance(module.padding, str):
            return False
        block = module.stride[0]
        whole = all(n % block == 0 for n in (*module.kernel_size, *module.padding))
        return whole and block > 1 == module.groups and module.stride == (block, block) and (
            module.dilation == (1, 1) and len({*module.padding}) == 1
        )  # fmt: skip

    def forward(self, x: Tensor) -> Tensor:
        if any(side % self.block for side in x.shape[2:]):
            return self.conv(x)
        x = F.pixel_unshuffle(x, self.block).contiguous(memory_format=torch.channels_last)
        padding = self.conv.padding[0] // self.block
        return F.conv2d(x, self.weight, self.conv.bias, padding=padding)


class Network:
    """A frozen copy of a model that gives the activations of named modules.

    Calling it with images (N, 3, H, W) in [0, 1] and module names returns a dict; the name
    `LOGITS` stands for the model's output.  Raises ValueError for an unknown module.

    All visitors share it, from several threads at once: what a call wants to see is the thread's.
    """

    def __init__(self, model: nn.Module) -> None:
        model = fold(copy.deepcopy(model).eval())
        for name, module in [*model.named_modules()]:
            if name and _Unshuffled.fits(module):
                model.set_submodule(name, _Unshuffled(module))
        model.requires_grad_(False)
        self.model = model.to(memory_format=torch.channels_last)
        self.modules = {name: m for name, m in self.model.named_modules() if name}
        self._call = threading.local()
        for name, module in self.modules.items():
            module.register_forward_hook(partial(self._keep, name))

    def __call__(self, x: Tensor, names: Collection[str]) -> dict[str, Tensor]:
        """Return the activations `names` for images x, computing no layer beyond the last."""
        unknown = [name for name in names if name != LOGITS and name not in self.modules]
        if unknown:
            raise ValueError(f"the network has no layer {unknown[0]!r}")
        seen: dict[str, Tensor] = {}
        self._call.names, self._call.seen = frozenset(names), seen
        try:
            output = self.model(x.contiguous(memory_format=torch.channels_last))
        except _Reached:
            return seen
        finally:
            self._call.names, self._call.seen = frozenset(), {}  # lets the activations go
        return seen | {LOGITS: output}

    def _keep(self, name: str, _module: nn.Module, _inputs: tuple, output: Tensor) -> None:
        names = getattr(self._call, "names", frozenset())
        if name in names:
            self._call.seen[name] = output
            if LOGITS not in names and len(self._call.seen) == len(names):
                raise _Reached
