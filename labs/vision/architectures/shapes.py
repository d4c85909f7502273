"""Shapes without numbers: operations on the meta device, the common ones by a rule of our own.

Torch has such rules too, but those of a dozen everyday operations are written in Python and load
its whole compiler on first use, which takes seconds.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import torch
from torch import Tensor
from torch.overrides import TorchFunctionMode


def carry_out(func: Callable, args: tuple, kwargs: Mapping[str, Any]) -> Any:
    """Return func(*args, **kwargs); on meta tensors by its rule, if it has one."""
    rule = RULES.get(getattr(func, "__name__", ""))
    subject = args[0] if args else None
    if isinstance(subject, list | tuple) and subject:
        subject = subject[0]
    if rule is None or not isinstance(subject, Tensor) or subject.device.type != "meta":
        return func(*args, **kwargs)
    return torch.empty(rule(*args, **kwargs), device="meta")


class Shapes(TorchFunctionMode):
    """While it is entered, meta tensors go through `carry_out`."""

    def __torch_function__(
        self, func: Callable, types: Any, args: tuple = (), kwargs: dict | None = None
    ) -> Any:
        """Carry an operation out."""
        return carry_out(func, args, kwargs or {})


def same(x: Tensor, *_: Any, **__: Any) -> torch.Size:
    """Return the shape of an operation that changes every number by itself."""
    return x.shape


def together(x: Tensor, y: Tensor | float, **_: Any) -> torch.Size:
    """Return the shape of a sum or product, broadcast."""
    return torch.broadcast_shapes(x.shape, y.shape if isinstance(y, Tensor) else ())


def side_by_side(tensors: list[Tensor], dim: int = 0) -> list[int]:
    """Return the shape of a concatenation."""
    shape = list(tensors[0].shape)
    others = [[n for i, n in enumerate(t.shape) if i != dim % len(shape)] for t in tensors]
    if any(other != others[0] for other in others):
        raise RuntimeError("tensors of different sides cannot be laid side by side")
    shape[dim] = sum(t.shape[dim] for t in tensors)
    return shape


def averaged(x: Tensor, dim: int | tuple[int, ...], keepdim: bool = False) -> list[int]:
    """Return the shape of a mean over some dimensions."""
    dims = {d % x.ndim for d in ((dim,) if isinstance(dim, int) else dim)}
    return [1 if d in dims else n for d, n in enumerate(x.shape) if keepdim or d not in dims]


def pooled(x: Tensor, output_size: int | tuple[int, int]) -> list[int]:
    """Return the shape of an adaptive pool."""
    size = (output_size,) * 2 if isinstance(output_size, int) else tuple(output_size)
    return [*x.shape[:-2], *size]


def normalised(x: Tensor, mean: Tensor | None, *_: Any, **__: Any) -> torch.Size:
    """Return the shape behind a batch normalisation; its maps must be as many as its means."""
    if mean is not None and mean.shape[0] != x.shape[1]:
        raise RuntimeError(f"{x.shape[1]} maps meet {mean.shape[0]} means")
    return x.shape


def multiplied(x: Tensor, weight: Tensor, bias: Tensor | None = None) -> list[int]:
    """Return the shape behind a dense layer, whose inputs must be as many as its columns."""
    if x.shape[-1] != weight.shape[1]:
        raise RuntimeError(f"{x.shape[-1]} numbers meet {weight.shape[1]} columns")
    return [*x.shape[:-1], weight.shape[0]]


RULES: Mapping[str, Callable[..., Any]] = MappingProxyType(
    dict.fromkeys(("relu", "relu6", "hardtanh", "gelu", "tanh", "silu", "dropout"), same)
    | dict.fromkeys(("__add__", "__sub__", "__mul__", "__truediv__", "add", "sub", "mul", "div"),
                    together)
    | {"cat": side_by_side, "mean": averaged, "adaptive_avg_pool2d": pooled,
       "batch_norm": normalised, "linear": multiplied}
)  # fmt: skip
