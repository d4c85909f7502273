"""The plane as the net sees it: every unit's value at 100 x 100 places, in one forward pass."""

from typing import TYPE_CHECKING

import torch
from torch import Tensor

from labs.basics.playground.features import Feature, apply
from labs.basics.playground.run import Run
from labs.models.dense import Dense, Passes, mirror

if TYPE_CHECKING:
    from labs.basics.playground.experiment import Playground

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
        self.seen = run.net  # the net that this eye was made for
        self.features = features
        self.net = Dense(len(features), run.net.layers)
        self.x = apply(features, PLACES)

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


def tiles(p: Passes) -> Tensor:
    """Return all units' maps as (units, SIDE / SMALL, SIDE / SMALL), layer by layer."""
    return torch.cat([a.view(-1, SIDE, SIDE)[:, ::SMALL, ::SMALL] for a in p.a])


def eye_of(lab: "Playground") -> Eye:
    """Return the eye for the net as it is built now."""
    if lab.eye is None or lab.eye.seen is not lab.run.net:
        lab.eye = Eye(lab.run, lab.features)
    return lab.eye


def field_of(lab: "Playground", p: Passes) -> Tensor:
    """Return what the plane shows of the output: (1 or classes, SIDE, SIDE)."""
    return lab.run.setup.task.field(p.output).view(-1, SIDE, SIDE)
