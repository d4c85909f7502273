"""The largest stable learning rate of plain gradient descent: 2 over the sharpest curvature.

Along an eigenvector of the Hessian with eigenvalue lambda a step multiplies the distance from the
minimum by 1 - eta lambda, which grows once eta > 2 / lambda (LeCun et al. 1998, "Efficient
BackProp").  It is a local statement, for gradient descent without momentum on the whole set.
"""

import torch
from torch import Tensor

from labs.models.dense import Dense, Loss

REACH = 1e-4  # length of the finite difference
ROUNDS = 12  # of the power iteration


def gradient(net: Dense, x: Tensor, t: Tensor, loss: Loss, theta: Tensor) -> Tensor:
    """Return the loss's gradient at theta; the net's own parameters come back as they were."""
    kept = net.theta.clone()
    net.theta.copy_(theta)
    p = net.forward(x)
    g = net.backward(p, loss.slope(p.output, t)).clone()
    net.theta.copy_(kept)
    return g


def sharpest(
    net: Dense, x: Tensor, t: Tensor, loss: Loss, start: Tensor | None = None,
    rounds: int = ROUNDS,
) -> tuple[float, Tensor]:  # fmt: skip
    """Return the Hessian's eigenvalue of largest size and its direction, by power iteration.

    H v is the difference of two gradients along v.  start: a direction from an earlier call.
    """
    if start is None or start.shape != net.theta.shape:
        start = torch.randn(net.theta.shape, generator=torch.Generator().manual_seed(0)).double()
    v, value = start / start.norm(), 0.0
    for _ in range(rounds):
        ahead = gradient(net, x, t, loss, net.theta + REACH * v)
        behind = gradient(net, x, t, loss, net.theta - REACH * v)
        h = (ahead - behind) / (2 * REACH)
        value, size = (v @ h).item(), h.norm()
        if not size > 0:
            break
        v = h / size
    return value, v
