"""What the heads say: of the picture that is seen now, and of every example when it is left out."""

from collections.abc import Mapping
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from labs.trace import grad_cam
from labs.vision.features import body
from labs.vision.features.head import fit, leave_one_out
from labs.vision.features.teach.examples import Examples
from labs.vision.features.teach.roads import ROADS

NEAREST = 5


@dataclass(frozen=True)
class Seen:
    """What the picture looks like by every road."""

    picture: Tensor  # (1, 3, S, S) in [0, 1]
    features: Mapping[str, Tensor]  # by road (1, D)
    maps: Tensor  # (1280, h, w), whose means are the learned features


def see(x: Tensor) -> Seen:
    """Return the features of a picture x: (1, 3, 128, 128) in [0, 1]."""
    maps = body.last_maps(x)
    found = {name: road.features(x) for name, road in ROADS.items() if name != "learned"}
    return Seen(x, found | {"learned": maps.mean((2, 3))}, maps[0])


@dataclass(frozen=True)
class Heads:
    """A head for each road, fitted to the same examples; its outputs are the classes present."""

    by: Mapping[str, nn.Linear]
    present: list[int]

    def shares(self, seen: Seen, road: str) -> Tensor:
        """Return the probabilities of the classes present: (K,)."""
        return self.by[road](seen.features[road])[0].softmax(0)


def fitted(examples: Examples, l2: float) -> Heads:
    """Return the heads of all roads."""
    y, k = examples.targets, len(examples.present)
    return Heads(
        {road: fit(examples.features(road), y, k, l2=l2) for road in ROADS}, examples.present
    )


def left_out(examples: Examples, l2: float) -> dict[str, Tensor]:
    """Return by road what a head says of each example (N,) that was fitted to all the others: its
    class among those present.
    """
    y, k = examples.targets, len(examples.present)
    return {road: leave_one_out(examples.features(road), y, k, l2=l2) for road in ROADS}


def nearest(examples: Examples, seen: Seen, road: str) -> list[tuple[int, float]]:
    """Return the nearest examples, as index and cosine of the angle between the features."""
    cosine = F.cosine_similarity(examples.features(road), seen.features[road])
    found = cosine.topk(min(NEAREST, len(cosine)))
    return list(zip(found.indices.tolist(), found.values.tolist(), strict=True))


def cam(head: nn.Linear, seen: Seen, k: int) -> Tensor:
    """Return where the picture speaks for class k: (S, S) in [0, 1], Grad-CAM at the last maps.

    The head is linear in the maps' means, so its gradient is its weight divided by the cells.
    """
    cells = seen.maps.shape[1] * seen.maps.shape[2]
    gradient = (head.weight[k] / cells).view(-1, 1, 1).expand_as(seen.maps)
    found = grad_cam(seen.maps, gradient)
    found = found / found.max().clamp_min(1e-12)
    size = seen.picture.shape[-2:]
    return F.interpolate(found[None, None], size, mode="bilinear", align_corners=False)[0, 0]


def plane(features: Tensor, other: Tensor) -> tuple[Tensor, Tensor, float]:
    """Return the two principal components of features (N, D) as places (2, N) in [-1, 1], where
    `other`: (1, D) lies among them: (2,), and the share of the variance that they show.
    """
    middle = features.mean(0)
    x = (features - middle).double()
    values, vectors = torch.linalg.eigh(x @ x.T)  # of the examples: fewer than the features
    order = values.argsort(descending=True)[:2]
    values, vectors = values[order].clamp_min(0), vectors[:, order]
    roots = values.sqrt().clamp_min(1e-9)
    axes = x.T @ (vectors / roots)  # (D, 2)
    sign = axes.sum(0).sign()  # a component has no sign of its own
    places, here = (x @ axes * sign).T, ((other - middle).double() @ axes * sign)[0]
    reach = max(places.abs().max().item(), 1e-9) * 1.12
    total = x.square().sum().clamp_min(1e-12)
    return places / reach, (here / reach).clamp(-1, 1), (values.sum() / total).item()


def confusion(truth: Tensor, said: Tensor, classes: int) -> Tensor:
    """Return how often each class (row) was said to be each (column): (K, K)."""
    return torch.bincount(truth * classes + said, minlength=classes**2).view(classes, classes)
