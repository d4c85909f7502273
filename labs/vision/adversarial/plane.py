"""A plane through the picture: the attack's direction one way, noise of the same size the other.

What the network says at every point of it, where its mind changes, how far the budget reaches,
and the way the attack took.  After Goodfellow, Shlens & Szegedy (2014), figure 4, and Liu, Chen,
Liu & Song, "Delving into transferable adversarial examples", https://arxiv.org/abs/1611.02770
"""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from labs.vision.adversarial.ball import norms
from labs.vision.adversarial.record import margin
from labs.vision.adversarial.run import Run

REACH = 1.6  # of the attack's length, to every side
BATCH = 256
SIDES = ((2_000, 41), (20_000, 17), (10**9, 9))  # up to so many values: points each way


@dataclass(frozen=True)
class Plane:
    """S x S points; the axes count L2 lengths along two orthonormal directions."""

    along: Tensor  # (S,), the attack's direction
    aside: Tensor  # (S,), the random one
    classes: Tensor  # (S, S) of int, rows are `aside`
    leads: Tensor  # (P, S, S), of each class that is said somewhere over all others, in logits
    size: Tensor  # (S, S), of the perturbation in the attack's norm
    path: Tensor  # (M, 2), the moments' coordinates (along, aside)

    def arrays(self) -> dict[str, np.ndarray]:
        """Return what a figure of regions is drawn from."""
        drawn = {
            "classes": self.classes, "x": self.along, "y": self.aside, "leads": self.leads,
            "radius": self.size, "path": self.path,
        }  # fmt: skip
        return {name: x.numpy() for name, x in drawn.items()}


@torch.no_grad()
def plane(model: nn.Module, run: Run, *, seed: int = 0) -> Plane | None:
    """Return the plane of a run, or None if the attack has not moved.

    The points are not clipped to [0, 1]: a plane of clipped pictures would not be a plane.
    """
    delta = run.moments[-1].image - run.x
    length = delta.norm()
    if length == 0:
        return None
    u = delta / length
    draw = torch.randn(delta.shape, generator=torch.Generator().manual_seed(seed))
    draw = draw.sign() if run.plan.norm == "linf" else draw
    v = draw - (draw * u).sum() * u
    v = v / v.norm()
    side = next(points for most, points in SIDES if run.x.numel() <= most)
    line = torch.linspace(-REACH, REACH, side) * length
    b, a = (t.reshape(-1, 1, 1, 1) for t in torch.meshgrid(line, line, indexing="ij"))
    logits, size = [], []
    for some_a, some_b in zip(a.split(BATCH), b.split(BATCH), strict=True):
        moved = some_a * u + some_b * v
        logits.append(model(run.x + moved))
        size.append(getattr(norms(moved), run.plan.norm))
    every = torch.cat(logits)  # (S * S, K)
    classes = every.argmax(1)
    leads = [margin(every, torch.full_like(classes, k)) for k in classes.unique()]
    way = torch.cat([m.image - run.x for m in run.moments])
    path = torch.stack([(way * axis).sum((1, 2, 3)) for axis in (u, v)], 1)
    return Plane(
        line, line, classes.view(side, side), torch.stack(leads).view(-1, side, side),
        torch.cat(size).view(side, side), path,
    )  # fmt: skip
