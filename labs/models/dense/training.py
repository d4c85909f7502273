"""One training step of a dense net: forward, loss, backward, penalties, optimizer."""

from dataclasses import dataclass

import torch
from torch import Tensor

from labs.models.dense import penalties
from labs.models.dense.losses import Loss
from labs.models.dense.net import Dense
from labs.models.dense.optimizers import Optimizer, Rate


@dataclass(frozen=True)
class Training:
    """What a step needs beside net and batch.  It may differ from one step to the next."""

    loss: Loss
    learning_rate: Rate = 0.03
    l1: float = 0.0
    l2: float = 0.0
    max_norm: float = 0.0  # 0: no limit


def train_step(
    net: Dense,
    x: Tensor,
    y: Tensor,
    optimizer: Optimizer,
    how: Training,
    generator: torch.Generator | None = None,
) -> Tensor:
    """Train on one batch, x: (inputs, N) and y: (outputs, N); return the outputs before the step.

    generator: where dropout draws from.  The outputs are overwritten by the next pass over as many
    examples.
    """
    p = net.forward(x, training=True, generator=generator)
    net.backward(p, how.loss.slope(p.output, y, p.g[-1]))
    if how.l1 or how.l2:
        penalties.add_gradient(net, how.l1, how.l2)
    kept = None if net.free is None else net.theta.clone()
    optimizer.step(net.theta, net.gradient, how.learning_rate)
    if how.max_norm:
        penalties.limit_norm(net, how.max_norm)
    if kept is not None:  # frozen parameters stay, whatever momentum or decay would do to them
        torch.where(net.free, net.theta, kept, out=net.theta)
    return p.output
