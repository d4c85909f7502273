"""Boltzmann machines on top of each other, learned layer by layer, and the deep net they become.

Hinton, Osindero & Teh (2006), https://doi.org/10.1162/neco.2006.18.7.1527; the one step of the
chain (CD-1): Hinton (2002), https://doi.org/10.1162/089976602760128018; rates and first weights:
Hinton (2012), A practical guide to training restricted Boltzmann machines.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise

import torch
import torch.nn.functional as F
from torch import Tensor

from labs.models.rbm import RBM

BATCH = 64
CD_RATE, CD_MOMENTUM = 0.1, 0.5
MOMENTUM = 0.9  # of the fine-tuning
Layers = list[tuple[Tensor, Tensor]]  # weights (inputs, units) and biases (units,)
Function = Callable[[Tensor], Tensor]


def contrastive_divergence(
    rbm: RBM, v: Tensor, generator: torch.Generator
) -> tuple[dict[str, Tensor], Tensor]:
    """Return the estimate of the gradient of log p(v) after one step of the chain, and v's
    reconstruction.

    v: (N, visible) in [0, 1].  Hidden units are thrown, the rest stays as probabilities.
    """
    h = rbm.hidden(v)
    again = rbm.visible(torch.bernoulli(h, generator=generator))
    h_again, n = rbm.hidden(again), len(v)
    found = {
        "W": (v.T @ h - again.T @ h_again) / n,
        "a": (v - again).mean(0),
        "b": (h - h_again).mean(0),
    }
    return found, again


class Stack:
    """Boltzmann machines in training, the lowest first.

    `layer` is the one that learns now, and their number when all have; `spent` counts
    multiply-adds; `error` is the squared error of the last reconstruction, a unit.
    """

    def __init__(self, x: Tensor, sizes: Sequence[int], sweeps: int, seed: int) -> None:
        """x: (N, inputs) in [0, 1].  sizes: the inputs and the units of each layer."""
        self.generator = torch.Generator().manual_seed(seed)
        self.rbms = [RBM(a, b).requires_grad_(False) for a, b in pairwise(sizes)]
        for rbm in self.rbms:
            rbm.W.normal_(0, 0.01, generator=self.generator)
        self.rbms[0].a.copy_(x.mean(0).clamp(0.01, 0.99).logit())
        self.velocity = [
            {name: torch.zeros_like(p) for name, p in rbm.named_parameters()} for rbm in self.rbms
        ]
        self.x, self.sweeps, self.spent, self.layer, self.error = x, sweeps, 0, 0, float("nan")
        self.left: list[Tensor] = []  # batches until the layer has learned
        self._begin(0)

    @property
    def cost(self) -> int:
        """The multiply-adds that all layers take together."""
        weights = [rbm.W.numel() for rbm in self.rbms]
        each = sum(sum(weights[:i]) + cost_of_divergence(w) for i, w in enumerate(weights))
        return self.sweeps * len(self.x) * each

    @property
    def learned(self) -> bool:
        """Whether every layer has learned."""
        return self.layer == len(self.rbms)

    def _begin(self, layer: int) -> None:
        self.layer = layer
        for _ in range(0 if self.learned else self.sweeps):
            order = torch.randperm(len(self.x), generator=self.generator)
            self.left += order.split(BATCH)

    def step(self) -> None:
        """Move the layer that learns by one batch."""
        v = self.x[self.left.pop(0)]
        for rbm in self.rbms[: self.layer]:
            v = rbm.hidden(v)
            self.spent += len(v) * rbm.W.numel()
        rbm, velocity = self.rbms[self.layer], self.velocity[self.layer]
        gradient, again = contrastive_divergence(rbm, v, self.generator)
        for name, g in gradient.items():
            velocity[name].mul_(CD_MOMENTUM).add_(g)
            getattr(rbm, name).add_(velocity[name], alpha=CD_RATE)
        self.spent += len(v) * cost_of_divergence(rbm.W.numel())
        self.error = (again - v).square().mean().item()
        if not self.left:
            self._begin(self.layer + 1)

    def through(self, x: Tensor) -> Tensor:
        """Return pictures (N, inputs) sent up to the highest layer that has begun, and down."""
        used = self.rbms[: min(self.layer + 1, len(self.rbms))]
        for rbm in used:
            x = rbm.hidden(x)
        for rbm in reversed(used):
            x = rbm.visible(x)
        return x

    def layers(self) -> Layers:
        """Return copies of the weights and biases with which a deep net begins."""
        return [(rbm.W.clone(), rbm.b.clone()) for rbm in self.rbms]


def random_layers(sizes: Sequence[int], gain: float, generator: torch.Generator) -> Layers:
    """Return weights of deviation sqrt(gain / mean of inputs and units), and biases of 0.

    Gain 1 is Glorot & Bengio's (2010); for ReLU 2 over the inputs is He et al.'s (2015), which is
    gain 2 where a layer is as wide as the one below.
    """
    return [
        ((2 * gain / (a + b)) ** 0.5 * torch.randn(a, b, generator=generator), torch.zeros(b))
        for a, b in pairwise(sizes)
    ]


class Reader:
    """A deep net that learns to classify, and what it has spent in multiply-adds."""

    def __init__(self, layers: Layers, f: Function, seed: int, spent: int = 0) -> None:
        self.layers, self.f, self.spent, self.steps = layers, f, spent, 0
        self.generator = torch.Generator().manual_seed(seed)
        self.flat = [p.requires_grad_() for layer in layers for p in layer]
        self.velocity = [torch.zeros_like(p) for p in self.flat]
        self.left: list[Tensor] = []

    def logits(self, x: Tensor) -> Tensor:
        """Return the logits (N, classes) of pictures x: (N, inputs)."""
        *hidden, (w, b) = self.layers
        for v, c in hidden:
            x = self.f(x @ v + c)
        return x @ w + b

    def step(self, x: Tensor, y: Tensor, rate: float) -> float:
        """Take one step on a batch of the labelled pictures x, y; return the loss in nats."""
        if not self.left:
            self.left = list(torch.randperm(len(x), generator=self.generator).split(BATCH))
        chosen = self.left.pop(0)
        with torch.enable_grad():
            loss = F.cross_entropy(self.logits(x[chosen]), y[chosen])
            gradients = torch.autograd.grad(loss, self.flat)
        with torch.no_grad():
            for p, v, g in zip(self.flat, self.velocity, gradients, strict=True):
                v.mul_(MOMENTUM).add_(g)
                p.sub_(v, alpha=rate)
        self.spent += len(chosen) * cost_of_step([w.numel() for w, _ in self.layers])
        self.steps += 1
        return loss.item()


def cost_of_divergence(weights: int) -> int:
    """Return the multiply-adds of CD-1, an example: up, down, up, and two outer products."""
    return 5 * weights


def cost_of_step(weights: Sequence[int]) -> int:
    """Return the multiply-adds of one step of a deep net, an example: forwards, the weights'
    gradient, and backwards through all layers but the lowest.  What is done to single numbers, such
    as a sigmoid, is not counted.
    """
    return 3 * sum(weights) - weights[0]
