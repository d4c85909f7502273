"""A deep dense net with everything that was invented to make it trainable, each with a switch.

A hidden layer is  z = W h + b,  then batch norm, the activation, dropout, and on request the
residual connection  h <- h + f(z).  Glorot & Bengio 2010; He et al. 2015,
https://arxiv.org/abs/1502.01852 and https://arxiv.org/abs/1512.03385; Ioffe & Szegedy 2015,
https://arxiv.org/abs/1502.03167; Srivastava et al. 2014, https://jmlr.org/papers/v15/.
"""

import math
from dataclasses import dataclass
from itertools import pairwise

import torch
from torch import Tensor

EPS = 1e-5  # of batch norm
KEEP = 0.9  # of the running statistics at every batch
ACTIVATIONS = {"sigmoid": torch.sigmoid, "tanh": torch.tanh, "relu": torch.relu}
INITIAL = ("Xavier", "He", "small normal", "unit normal")


@dataclass(frozen=True)
class Shape:
    """What a net is made of."""

    depth: int = 10  # hidden layers
    width: int = 32
    activation: str = "sigmoid"
    initial: str = "Xavier"
    gain: float = 1.0  # every initial weight is multiplied by this
    norm: bool = False
    residual: bool = False
    dropout: float = 0.0  # share of units left out of a training pass


@dataclass
class Passes:
    """What one forward pass left behind: a tensor for each hidden layer, all (N, width)."""

    z: list[Tensor]  # before the activation, after batch norm
    h: list[Tensor]  # what the layer hands on
    inverse: list[Tensor | None]  # gamma / deviation of batch norm, (width,)
    logits: Tensor  # (N, classes)


class Deep:
    """The net.  `parameters` is a flat list of leaves; running statistics are kept beside it."""

    def __init__(self, inputs: int, classes: int, shape: Shape, generator: torch.Generator) -> None:
        self.shape = shape
        sizes = [inputs, *[shape.width] * shape.depth, classes]
        self.weights = [
            _initial(shape.initial, out, into, generator) * shape.gain
            for into, out in pairwise(sizes)
        ]
        self.biases = [torch.zeros(w.shape[0]) for w in self.weights]
        hidden = shape.depth if shape.norm else 0
        self.gammas = [torch.ones(shape.width) for _ in range(hidden)]
        self.betas = [torch.zeros(shape.width) for _ in range(hidden)]
        self.means = [torch.zeros(shape.width) for _ in range(hidden)]
        self.variances = [torch.ones(shape.width) for _ in range(hidden)]
        self.parameters = [*self.weights, *self.biases, *self.gammas, *self.betas]
        for parameter in self.parameters:
            parameter.requires_grad_()

    def forward(
        self, x: Tensor, *, training: bool, generator: torch.Generator | None = None,
        remember: bool = True, own: bool | None = None,
    ) -> Passes:  # fmt: skip
        """Return the passes of x: (N, inputs).

        training: batch norm by the batch's own statistics (which `remember` adds to the running
        ones), and dropout drawn from `generator`.  own: the batch's own statistics or the running
        ones, whatever `training` says.
        """
        own = training if own is None else own
        f = ACTIVATIONS[self.shape.activation]
        passes, h = Passes([], [], [], x), x
        for i in range(self.shape.depth):
            z = h @ self.weights[i].T + self.biases[i]
            inverse = None
            if self.shape.norm:
                z, inverse = self._normalise(i, z, own, remember)
            new = f(z)
            if self.shape.dropout and training:
                new = new * _mask(new, self.shape.dropout, generator)
            if self.shape.residual and i > 0:  # the first layer changes the width
                new = h + new
            h = new
            passes.z.append(z)
            passes.h.append(h)
            passes.inverse.append(inverse)
        passes.logits = h @ self.weights[-1].T + self.biases[-1]
        return passes

    def _normalise(self, i: int, z: Tensor, own: bool, remember: bool) -> tuple[Tensor, Tensor]:
        if own:
            mean, variance = z.mean(0), z.var(0, unbiased=False)
            if remember:
                with torch.no_grad():
                    self.means[i].mul_(KEEP).add_(mean, alpha=1 - KEEP)
                    unbiased = variance * (len(z) / max(1, len(z) - 1))  # as torch keeps it
                    self.variances[i].mul_(KEEP).add_(unbiased, alpha=1 - KEEP)
        else:
            mean, variance = self.means[i], self.variances[i]
        inverse = self.gammas[i] * (variance + EPS).rsqrt()
        return (z - mean) * inverse + self.betas[i], inverse

    def train(
        self, x: Tensor, y: Tensor, learning_rate: float, generator: torch.Generator
    ) -> float:
        """Take one step of gradient descent on cross-entropy; return the loss before it."""
        passes = self.forward(x, training=True, generator=generator)
        loss = torch.nn.functional.cross_entropy(passes.logits, y)
        gradients = torch.autograd.grad(loss, self.parameters)
        with torch.no_grad():
            for parameter, gradient in zip(self.parameters, gradients, strict=True):
                parameter.sub_(gradient, alpha=learning_rate)
        return loss.item()


def _initial(name: str, out: int, into: int, generator: torch.Generator) -> Tensor:
    deviation = {
        "Xavier": math.sqrt(2 / (into + out)),
        "He": math.sqrt(2 / into),
        "small normal": 0.01,
        "unit normal": 1.0,
    }[name]
    return deviation * torch.randn(out, into, generator=generator)


def _mask(h: Tensor, dropout: float, generator: torch.Generator | None) -> Tensor:
    """Return 0 for units left out and 1 / (1 - dropout) for the others ("inverted" dropout)."""
    return torch.empty_like(h).bernoulli_(1 - dropout, generator=generator) / (1 - dropout)
