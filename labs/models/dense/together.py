"""Many nets of one shape trained as one: gathered into a net with copies, and handed back.

A small net's step is the time of its calls, not of its numbers.  Thirty nets side by side take
their steps in nearly the time of one, whatever their weights, batches and learning rates.
"""

import copy
from collections.abc import Sequence

import torch
from torch import Tensor

from labs.models.dense.net import Dense
from labs.models.dense.optimizers import Optimizer


class Together:
    """Room for K nets of one shape: `net` has K copies, `optimizer` what theirs remember."""

    def __init__(self, like: Dense, copies: int) -> None:
        self.net = Dense(like.inputs, like.layers, copies=copies, dtype=like.theta.dtype)
        self.optimizer: Optimizer | None = None

    def gather(self, nets: Sequence[Dense], optimizers: Sequence[Optimizer]) -> None:
        """Take in the parameters of the nets and the memories of their optimizers, of one kind."""
        torch.stack([net.theta for net in nets], out=self.net.theta)
        self.optimizer = copy.copy(optimizers[0])
        for name in self.optimizer.memory:
            theirs = [getattr(optimizer, name) for optimizer in optimizers]
            setattr(self.optimizer, name, _column(theirs, self.net.theta[0]))

    def scatter(self, nets: Sequence[Dense], optimizers: Sequence[Optimizer]) -> None:
        """Give each net and optimizer back what has become of its own."""
        for net, theta in zip(nets, self.net.theta.unbind(), strict=True):
            net.theta.copy_(theta)
        for name in self.optimizer.memory:
            for optimizer, row in zip(optimizers, getattr(self.optimizer, name), strict=True):
                was = getattr(optimizer, name)
                setattr(optimizer, name, int(row) if isinstance(was, int) else row.clone())


def _column(memories: Sequence[Tensor | int | None], like: Tensor) -> Tensor:
    """What K optimizers remember under one name, (K, P) or, of counts, (K, 1); None is zero."""
    if isinstance(memories[0], int):
        return like.new_tensor(memories)[:, None]
    return torch.stack([torch.zeros_like(like) if m is None else m for m in memories])
