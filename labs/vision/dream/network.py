"""A network made ready for dreaming: frozen, folded, and run no further than it must be.

All three are exact.  Folding puts each batch norm into the convolution before it; running stops at
the deepest layer that is asked for; channels_last is the memory order that convolutions like.
"""

import copy
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager

import torch
from torch import Tensor, nn

from labs.models.fold import fold
from labs.vision.dream.objective import LOGITS


class _Reached(Exception):  # noqa: N818
    """Not an error: everything that was asked for has been computed."""


class Network:
    """A frozen copy of a model that gives the activations of named modules.

    Calling it with images (N, 3, H, W) in [0, 1] and module names returns a dict; the name
    `LOGITS` stands for the model's output.  Raises ValueError for an unknown module.
    """

    def __init__(self, model: nn.Module) -> None:
        model = fold(copy.deepcopy(model).eval()).requires_grad_(False)
        self.model = model.to(memory_format=torch.channels_last)
        self.modules = dict(self.model.named_modules())

    def __call__(self, x: Tensor, names: Collection[str]) -> dict[str, Tensor]:
        """Return the activations `names` for images x, computing no layer beyond the last."""
        x = x.contiguous(memory_format=torch.channels_last)
        with self._watch(names) as seen:
            try:
                output = self.model(x)
            except _Reached:
                return seen
        return seen | {LOGITS: output}

    @contextmanager
    def _watch(self, names: Collection[str]) -> Iterator[dict[str, Tensor]]:
        unknown = [n for n in names if n != LOGITS and (not n or n not in self.modules)]
        if unknown:
            raise ValueError(f"the network has no layer {unknown[0]!r}")
        seen: dict[str, Tensor] = {}

        def keep(name: str) -> Callable[[nn.Module, tuple, Tensor], None]:
            def hook(_module: nn.Module, _inputs: tuple, output: Tensor) -> None:
                seen[name] = output
                if LOGITS not in names and len(seen) == len(names):
                    raise _Reached

            return hook

        hooks = [self.modules[n].register_forward_hook(keep(n)) for n in names if n != LOGITS]
        try:
            yield seen
        finally:
            for hook in hooks:
                hook.remove()
