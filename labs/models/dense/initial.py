"""Initial weights: zeros, small normal, Xavier, He, orthogonal.  Biases begin at 0.

Xavier: Glorot & Bengio 2010, http://proceedings.mlr.press/v9/glorot10a.html; He: He et al. 2015,
https://arxiv.org/abs/1502.01852; orthogonal: Saxe et al. 2013, https://arxiv.org/abs/1312.6120.
"""

import math
from collections.abc import Callable

import torch
from torch import Tensor

from labs.models.dense.net import Dense

SMALL = 0.1  # deviation of the small normal weights


def zeros(w: Tensor, generator: torch.Generator) -> Tensor:
    """Return zeros: every unit of a layer then stays the same as its neighbours for ever."""
    return torch.zeros_like(w)


def small_normal(w: Tensor, generator: torch.Generator) -> Tensor:
    """Return normal numbers of deviation 0.1, whatever the size of the layer."""
    return SMALL * _normal(w, generator)


def xavier(w: Tensor, generator: torch.Generator) -> Tensor:
    """Return normal numbers of variance 2 / (inputs + outputs)."""
    return math.sqrt(2 / sum(w.shape[-2:])) * _normal(w, generator)


def he(w: Tensor, generator: torch.Generator) -> Tensor:
    """Return normal numbers of variance 2 / inputs: half of them is lost in a ReLU."""
    return math.sqrt(2 / w.shape[-1]) * _normal(w, generator)


def orthogonal(w: Tensor, generator: torch.Generator) -> Tensor:
    """Return rows (or columns, if there are fewer) that are orthonormal."""
    flat = w.shape[-2] < w.shape[-1]
    normal = _normal(w, generator)
    q, r = torch.linalg.qr(normal.mT if flat else normal)
    q = q * r.diagonal(dim1=-2, dim2=-1).sign().unsqueeze(-2)  # so that q is uniform
    return q.mT if flat else q


def _normal(w: Tensor, generator: torch.Generator) -> Tensor:
    return torch.empty(w.shape, dtype=w.dtype).normal_(generator=generator)


INITIAL: dict[str, Callable[[Tensor, torch.Generator], Tensor]] = {
    "zeros": zeros, "small normal": small_normal, "Xavier": xavier, "He": he,
    "orthogonal": orthogonal,
}  # fmt: skip


def initialise(net: Dense, name: str, generator: torch.Generator) -> Dense:
    """Return the net with fresh weights, drawn from `generator`; copies get weights of their own.

    Raises ValueError when the name is unknown.
    """
    if name not in INITIAL:
        raise ValueError(f"An initialisation is one of {', '.join(INITIAL)}, not {name!r}.")
    for w in net.weights:
        w.zero_()
        weights = w.narrow(-1, 1, w.shape[-1] - 1)
        weights.copy_(INITIAL[name](weights, generator))
    return net


def mirror(old: Dense, new: Dense) -> Dense:
    """Return the new net, of the same shape, with all of the old one's numbers; they may be of
    another precision.
    """
    new.theta.copy_(old.theta)
    for mine, theirs in zip(new.running, old.running, strict=True):
        if mine is not None and theirs is not None:
            mine.mean.copy_(theirs.mean)
            mine.variance.copy_(theirs.variance)
    return new


def transplant(old: Dense, new: Dense) -> Dense:
    """Return the new net with the old one's numbers wherever a layer of the same place has room;
    those that were frozen are frozen there, too.
    """
    pairs = list(zip(old.weights, new.weights, strict=False))
    if old.free is not None:
        new.free = torch.ones_like(new.theta, dtype=torch.bool)
        pairs += zip(old.views(old.free)[0], new.views(new.free)[0], strict=False)
    for a, b in pairs:
        rows, columns = min(a.shape[-2], b.shape[-2]), min(a.shape[-1], b.shape[-1])
        b[..., :rows, :columns] = a[..., :rows, :columns]
    if new.free is not None and new.free.all():  # none of them found a place
        new.free = None
    return new
