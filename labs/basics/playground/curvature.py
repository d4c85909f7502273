"""The largest stable learning rate of plain gradient descent: 2 over the sharpest curvature.

Along an eigenvector of the Hessian with eigenvalue lambda a step multiplies the distance from the
minimum by 1 - eta lambda, which grows once eta > 2 / lambda (LeCun et al. 1998, "Efficient
BackProp").  It is a local statement, for gradient descent without momentum on the whole set, of a
net that is in training what it is afterwards: with neither dropout nor batch norm.
"""

import math
import time

import torch
from torch import Tensor

from labs.basics.playground.run import Run
from labs.models.dense import Dense, Loss, mirror

REACH = 1e-4  # length of the finite difference
ROUNDS = 12  # of the power iteration, from a direction that knows nothing
AGAIN = 2  # from the direction of a moment ago
EVERY = 1.0  # seconds between two estimates while it trains


def sharpest(
    net: Dense, x: Tensor, t: Tensor, loss: Loss, start: Tensor | None = None,
    rounds: int = ROUNDS,
) -> tuple[float, Tensor]:  # fmt: skip
    """Return the Hessian's eigenvalue of largest size and its direction, by power iteration.

    H v is the difference of two gradients along v.  start: a direction from an earlier call.  The
    net's own parameters come back as they were.
    """
    if start is None or start.shape != net.theta.shape:
        start = torch.randn(net.theta.shape, generator=torch.Generator().manual_seed(0)).double()
    v, value, theta = start / start.norm(), 0.0, net.theta.clone()

    def gradient(place: Tensor) -> Tensor:
        net.theta.copy_(place)
        p = net.forward(x)
        return net.backward(p, loss.slope(p.output, t)).clone()

    for _ in range(rounds):
        h = (gradient(theta + REACH * v) - gradient(theta - REACH * v)) / (2 * REACH)
        value, size = (v @ h).item(), h.norm()
        if not size > 0:
            break
        v = h / size
    net.theta.copy_(theta)
    return value, v


class Sharpness:
    """The sharpest curvature of a run's training loss, followed while it trains."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.net = Dense(run.net.inputs, run.net.layers, dtype=torch.float64)  # to be moved about
        self.value = math.nan
        self._direction: Tensor | None = None
        self._time = -math.inf
        self._lost = False  # whether the value is of a run that has run away

    def now(self) -> float | None:
        """Return the curvature, at most a second old, or None where there is none, or where it
        says nothing: see above.

        Of a run that has lost its numbers, it is the curvature at the initial weights.
        """
        layers = self.run.net.layers
        if self.run.judged_by.optimizer != "SGD" or any(x.dropout or x.batch_norm for x in layers):
            return None
        at = time.monotonic()
        mirror(self.run.net, self.net)
        if self.run.fault and not self._lost:
            self._lost = True
            self.net.theta.copy_(self.run.first)
            self._estimate(None, ROUNDS)
        elif not self.run.fault and at - self._time >= EVERY:
            self._time = at
            self._estimate(self._direction, ROUNDS if self._direction is None else AGAIN)
        return self.value if math.isfinite(self.value) else None

    def settle(self) -> bool:
        """Estimate it of what is there now, from any direction; whether it was another."""
        before = self.value
        self._time, self._direction = -math.inf, None
        self.now()
        return self.value != before and math.isfinite(self.value)

    def _estimate(self, start: Tensor | None, rounds: int) -> None:
        x, t, loss = self.run.train.x, self.run.train.t, self.run.setup.task.loss
        self.value, self._direction = sharpest(self.net, x, t, loss, start, rounds)
