"""Two-dimensional slices through the loss of a real small network.

Around trained parameters theta the plane is theta + u d1 + v d2, with random directions whose
filters (the weights into one unit) have the length of theta's own; biases stay, as in the paper.
Li et al., "Visualizing the Loss Landscape of Neural Nets", https://arxiv.org/abs/1712.09913
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

import torch
from sklearn.datasets import make_moons
from torch import Tensor

from labs.basics.optimizers.surfaces import Point
from labs.models.dense import LOSSES, OPTIMIZERS, Dense, Layer, Training, initialise, train_step

EXAMPLES = 64
TRAINING = 600  # steps of Adam on the full batch
CHUNK = 1024  # points of the plane that are evaluated at once
LOSS = LOSSES["binary cross-entropy"]


@dataclass(frozen=True)
class Slice:
    """A plane through the parameters of a net; its coordinates are u and v."""

    title: str
    layers: tuple[Layer, ...]
    centre: Tensor  # (P,) in float64
    directions: Tensor  # (2, P)
    x: Tensor  # (2, N), the moons
    y: Tensor  # (1, N)
    remark: str
    rates: Mapping[str, float]
    low: Point = (-1.5, -1.5)
    high: Point = (1.5, 1.5)
    start: Point = (-1.2, 1.1)
    minima: tuple[Point, ...] = ((0.0, 0.0),)
    batch: int = EXAMPLES
    grid: int = 61
    latex: str = r"L(\theta^* + u\, d_1 + v\, d_2)"

    def _net(self, points: Tensor) -> Dense:
        net = Dense(2, self.layers, copies=len(points), dtype=torch.float64)
        net.theta.copy_(self.centre + points.detach() @ self.directions)
        return net

    def value(self, points: Tensor) -> Tensor:
        """Return the loss over all examples at points: (..., 2) -> (...), in nats."""
        flat = points.reshape(-1, 2)
        found = []
        for part in flat.split(CHUNK):
            x, y = (v.expand(len(part), *v.shape) for v in (self.x, self.y))
            found.append(LOSS.value(self._net(part).forward(x).output, y))
        return torch.cat(found).reshape(points.shape[:-1])

    def gradient(self, points: Tensor, batch: int, generator: torch.Generator) -> Tensor:
        """Return dL/d(u, v), (K, 2), at points (K, 2): the net's own gradient, projected."""
        x, y = self.x, self.y
        if batch < EXAMPLES:
            chosen = torch.randperm(EXAMPLES, generator=generator)[:batch]
            x, y = x[:, chosen], y[:, chosen]
        x, y = (v.expand(len(points), *v.shape) for v in (x, y))
        net = self._net(points)
        p = net.forward(x)
        return net.backward(p, LOSS.slope(p.output, y)) @ self.directions.T


def moons() -> tuple[Tensor, Tensor]:
    """Return two interleaved half moons, x: (2, N) and y: (1, N) in {0, 1}, in float64."""
    x, y = make_moons(EXAMPLES, noise=0.15, random_state=0)
    return torch.tensor(x).T.contiguous(), torch.tensor(y, dtype=torch.float64)[None]


def filter_normalised(net: Dense, generator: torch.Generator) -> Tensor:
    """Return a random direction (P,) whose filters are as long as the net's own."""
    direction = torch.zeros_like(net.theta)
    views, _ = net.views(direction)
    for w, d in zip(net.weights, views, strict=True):
        random = torch.randn(w[:, 1:].shape, dtype=w.dtype, generator=generator)
        length = w[:, 1:].norm(dim=1, keepdim=True) / random.norm(dim=1, keepdim=True)
        d[:, 1:] = random * length
    return direction


@cache
def slice_of(name: str) -> Slice:
    """Return a slice through a net of `NETS`, which is trained for it, always the same way."""
    title, sizes, activation, remark, rates = NETS[name]
    layers = (*(Layer(size, activation) for size in sizes), Layer(1, "identity"))
    generator = torch.Generator().manual_seed(1)
    initial = "He" if activation == "relu" else "Xavier"
    net = initialise(Dense(2, layers, dtype=torch.float64), initial, generator)
    x, y = moons()
    optimizer, how = OPTIMIZERS["Adam"](), Training(LOSS, learning_rate=0.01, l2=1e-3)
    for _ in range(TRAINING):
        train_step(net, x, y, optimizer, how)
    directions = torch.stack([filter_normalised(net, generator) for _ in range(2)])
    return Slice(title, layers, net.theta.clone(), directions, x, y, remark, rates)


def _rates(sgd: float, momentum: float, scaled: float, adagrad: float) -> Mapping[str, float]:
    return MappingProxyType({
        "SGD": sgd, "momentum": momentum, "Nesterov": momentum, "RMSProp": scaled,
        "Adagrad": adagrad, "Adam": scaled,
    })  # fmt: skip


NETS: Mapping[str, tuple[str, Sequence[int], str, str, Mapping[str, float]]] = MappingProxyType({
    "net": (
        "slice of a net 2-8-8-1", (8, 8), "tanh",
        "A plane through the 105 weights and biases of a net that tells two moons apart.  In the "
        "whole space there are 103 more ways down.", _rates(0.05, 0.02, 0.02, 0.1),
    ),
    "deep": (
        "slice of a deep net, five layers of 10", (10,) * 5, "relu",
        "Five ReLU layers without residual connections: more folds than a bowl would have.",
        _rates(0.02, 0.008, 0.02, 0.1),
    ),
})  # fmt: skip
