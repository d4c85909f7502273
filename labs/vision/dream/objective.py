"""What an ascent climbs: a number made of a network's activations.

Objectives add and scale like numbers, so that a dream may want two things at once:

    channel("stage3.0", 7) + 0.5 * logit(23)

Olah, Mordvintsev & Schubert, "Feature Visualization", https://distill.pub/2017/feature-visualization/
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from labs.numerals import written

LOGITS = "logits"  # the name under which the network's output is found
Activations = Mapping[str, Tensor]  # by module name, each (N, C, H, W); the logits are (N, classes)


def plus(first: str, second: str) -> str:
    """Return the sum of two names; a second one with a minus is taken away."""
    return f"{first} − {second[1:]}" if second.startswith("−") else f"{first} + {second}"


@dataclass(frozen=True)
class Objective:
    """A scalar of the activations of `layers`.  `value` is summed over the images of a batch."""

    name: str
    layers: frozenset[str]
    value: Callable[[Activations], Tensor]

    def __call__(self, activations: Activations) -> Tensor:
        """Return the scalar."""
        return self.value(activations)

    def __add__(self, other: "Objective") -> "Objective":
        return Objective(
            plus(self.name, other.name),
            self.layers | other.layers,
            lambda a: self.value(a) + other.value(a),
        )

    def __mul__(self, weight: float) -> "Objective":
        times = written(weight, "g")
        return Objective(f"{times} × {self.name}", self.layers, lambda a: weight * self.value(a))

    __rmul__ = __mul__

    def __neg__(self) -> "Objective":
        return -1.0 * self

    def __sub__(self, other: "Objective") -> "Objective":
        return self + -other

    def where(self, mask: Tensor) -> "Objective":
        """Return the same wish, counted only where the mask (H, W) in [0, 1] lies on the image."""

        def value(a: Activations) -> Tensor:
            return self.value({k: x if x.ndim == 2 else x * _fit(mask, x) for k, x in a.items()})

        return Objective(f"{self.name} in the mask", self.layers, value)


def maps(x: Tensor) -> Tensor:
    """Return activations as maps (N, C, H, W): the logits are maps of one place."""
    return x[..., None, None] if x.ndim == 2 else x


def layer(name: str) -> Objective:
    """Deep Dream's: the mean square of everything in a layer (Mordvintsev, Olah & Tyka, 2015).

    https://research.google/blog/inceptionism-going-deeper-into-neural-networks/
    """
    return Objective(name, frozenset({name}), lambda a: a[name].square().mean((1, 2, 3)).sum())


def channel(name: str, k: int) -> Objective:
    """The mean of one channel."""
    return Objective(
        f"{name} channel {k}", frozenset({name}), lambda a: maps(a[name])[:, k].mean((1, 2)).sum()
    )


def channels(name: str, ks: Tensor) -> Objective:
    """One channel for each image of a batch: image i wants channel ks[i]."""
    return Objective(
        f"{name}, a channel each",
        frozenset({name}),
        lambda a: maps(a[name]).mean((2, 3)).gather(1, ks[:, None]).sum(),
    )


def neuron(name: str, k: int, row: float = 0.5, column: float = 0.5) -> Objective:
    """One unit of a channel, at a place given in shares of the map's height and width."""

    def value(a: Activations) -> Tensor:
        x = a[name]
        i = min(int(row * x.shape[2]), x.shape[2] - 1)
        j = min(int(column * x.shape[3]), x.shape[3] - 1)
        return x[:, k, i, j].sum()

    return Objective(f"{name} neuron {k}", frozenset({name}), value)


def logit(c: int) -> Objective:
    """The logit of one class, before the softmax."""
    return Objective(f"class {c}", frozenset({LOGITS}), lambda a: a[LOGITS][:, c].sum())


def direction(name: str, vector: Tensor) -> Objective:
    """A direction in channel space: dot product times cosine similarity, at every place.

    vector: (C,).  The cosine keeps the ascent from growing in other directions (Carter et al.,
    "Activation Atlas", https://distill.pub/2019/activation-atlas/).
    """
    unit = F.normalize(vector.detach(), dim=0).view(1, -1, 1, 1)

    def value(a: Activations) -> Tensor:
        x = a[name]
        dot = (x * unit).sum(1)
        cosine = dot / x.norm(dim=1).clamp_min(1e-6)
        return (dot * cosine.clamp_min(0.1)).mean((1, 2)).sum()

    return Objective(f"{name} direction", frozenset({name}), value)


def like(name: str, guide: Tensor) -> Objective:
    """More like a second image: every place goes after the guide's feature that it resembles most.

    guide: the guide's activations (1, C, H, W) at the same layer.
    """
    features = guide.detach()[0].flatten(1)  # (C, places of the guide)

    def value(a: Activations) -> Tensor:
        x = a[name].flatten(2)  # (N, C, places)
        with torch.no_grad():
            best = torch.einsum("ncp,cg->npg", x, features).argmax(2)  # (N, places)
        return (x * features.T[best].transpose(1, 2)).sum(1).mean(1).sum()

    return Objective(f"{name} like the guide", frozenset({name}), value)


def diversity(name: str) -> Objective:
    """How much the images of a batch differ in style: minus the cosines of their Gram matrices.

    Added to a channel's wish it shows the several things that excite one channel.  Olah,
    Mordvintsev & Schubert, https://distill.pub/2017/feature-visualization/#diversity
    """

    def value(a: Activations) -> Tensor:
        x = maps(a[name]).flatten(2)  # (N, C, places)
        gram = F.normalize(torch.einsum("ncp,ndp->ncd", x, x).flatten(1), dim=1)
        alike = gram @ gram.T  # (N, N)
        return (alike.diagonal().sum() - alike.sum()) / len(x)

    return Objective(f"diversity of {name}", frozenset({name}), value)


def _fit(mask: Tensor, x: Tensor) -> Tensor:
    return F.interpolate(mask[None, None], x.shape[-2:], mode="area")
