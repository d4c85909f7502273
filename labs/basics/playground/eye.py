"""The plane as the net sees it: every unit's value at 100 x 100 places, in one forward pass."""

import torch
from torch import Tensor

from labs.basics.playground.features import Feature, apply
from labs.basics.playground.run import Run
from labs.models.dense import Dense, Passes, mirror

SIDE = 100  # places along each axis
SMALL = 2  # a neuron's own picture shows every second of them


def places() -> Tensor:
    """Return the middles of the pixels: (2, SIDE * SIDE), x2 falling from row to row."""
    at = (torch.arange(SIDE) + 0.5) / SIDE * 2 - 1
    x2, x1 = torch.meshgrid(-at, at, indexing="ij")
    return torch.stack([x1.flatten(), x2.flatten()])


PLACES = places()


class Eye:
    """A float32 copy of a run's net that looks at the whole plane; training needs more digits."""

    def __init__(self, run: Run, features: tuple[Feature, ...]) -> None:
        self.run = run
        self.features = features
        self.net = Dense(len(features), run.net.layers)
        self.x = apply(features, PLACES)
        self._first: tuple[Tensor, Tensor] | None = None  # initial weights, and their plane

    def look(self, theta: Tensor | None = None) -> Passes:
        """Return the pass over all places with the parameters as they are now, or others."""
        mirror(self.run.net, self.net)
        if theta is not None:
            self.net.theta.copy_(theta)
        return self.net.forward(self.x)

    def at(self, u: float, v: float) -> Passes:
        """Return the pass at one place, in the run's precision."""
        place = torch.tensor([[u], [v]], dtype=torch.float64)
        return self.run.net.forward(apply(self.features, place))

    def field(self, p: Passes) -> Tensor:
        """Return what the plane shows of the output: (1 or classes, SIDE, SIDE)."""
        return self.run.setup.task.field(p.output).view(-1, SIDE, SIDE)

    def untrained(self) -> Tensor:
        """Return the plane of the run's initial weights, (1 or classes, SIDE, SIDE)."""
        first = self.run.first
        if self._first is None or self._first[0] is not first:
            other = Eye(self.run, self.features)  # this one's maps are on their way
            self._first = first, self.field(other.look(first))
        return self._first[1]


def small(maps: Tensor) -> Tensor:
    """Return maps (K, SIDE * SIDE) as (K, SIDE / SMALL, SIDE / SMALL)."""
    return maps.view(-1, SIDE, SIDE)[:, ::SMALL, ::SMALL]


def one(field: Tensor) -> Tensor:
    """Return a field as one signed map: of classes, the first two against each other."""
    return field if len(field) == 1 else field[1:2] - field[:1]
