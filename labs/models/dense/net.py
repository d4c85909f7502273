"""A dense net whose parameters are views of one flat tensor, forward and backward written out.

The lecture's convention: a column is one example, so a layer is W a, and the constant 1 stands on
top of every column, so that the bias is column 0 of W (Theta is s_(j+1) x (s_j + 1)).  The backward
pass is the recursion  g_i = W_i^T (g_(i+1) o f'(z_(i+1)))  with one matrix product a layer for the
gradient of W.  Rumelhart, Hinton & Williams 1986, https://doi.org/10.1038/323533a0.

With `copies`, every tensor has that leading dimension and K nets train at once, by `bmm`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import torch
from torch import Tensor

from labs.models.dense import norm
from labs.models.dense.activations import ACTIVATIONS


@dataclass(frozen=True)
class Layer:
    """One layer: its units, their activation, and what is done to them in training."""

    size: int
    activation: str = "tanh"
    batch_norm: bool = False  # of z, over the batch
    dropout: float = 0.0  # share of its outputs that a training pass leaves out


class Passes:
    """The numbers of one forward and one backward pass over N examples, kept for reuse.

    Of layer i (0 is the first after the input): z[i] before the activation, h[i] = f(z[i]),
    a[i] = h[i] with dropout, g[i] = dL/da[i], delta[i] = dL/dz[i]; all (units, N).  ones[i] is
    layer i's *input* with the constant 1 on top, (units + 1, N).
    """

    @torch.inference_mode(False)  # a pass in inference mode may be the first, and not the last
    def __init__(self, net: "Dense", n: int) -> None:
        lead, like = net.lead, net.theta
        sizes = [net.inputs, *(layer.size for layer in net.layers)]
        self.n = n
        self.ones = [like.new_ones(*lead, size + 1, n) for size in sizes]
        self.x = self.ones[0].narrow(-2, 1, net.inputs)
        self.a = [o.narrow(-2, 1, o.shape[-2] - 1) for o in self.ones[1:]]
        self.z = [torch.zeros_like(a) for a in self.a]
        drops = [layer.dropout > 0 for layer in net.layers]
        self.h = [torch.zeros_like(a) if d else a for a, d in zip(self.a, drops, strict=True)]
        self.mask: list[Tensor | None] = [None] * len(sizes[1:])
        self.norm: list[norm.Normed | None] = [None] * len(sizes[1:])
        self.g = [torch.zeros_like(z) for z in self.z]
        self.delta = [torch.zeros_like(z) for z in self.z]
        self.g_x = torch.zeros_like(self.x)
        self.turned = [o.mT for o in self.ones]

    @property
    def output(self) -> Tensor:
        """What the last layer says: (units, N)."""
        return self.a[-1]


class Dense:
    """A multilayer perceptron.  `theta` and `gradient` are flat, (P,) or (copies, P).

    weights[i] and gradients[i], (units, inputs + 1) with the bias in column 0, are views of them,
    and so are scales[i] (gamma and beta) of a layer with batch norm.  `free` is None, or a mask
    that is 0 where a parameter is frozen.
    """

    def __init__(
        self,
        inputs: int,
        layers: Sequence[Layer],
        *,
        copies: int | None = None,
        dtype: torch.dtype = torch.float32,
    ) -> None:
        self.inputs = inputs
        self.layers = tuple(layers)
        self.lead = () if copies is None else (copies,)
        self.multiply = torch.mm if copies is None else torch.bmm
        self.fs = [ACTIVATIONS[layer.activation] for layer in self.layers]
        sizes = [inputs, *(layer.size for layer in self.layers)]
        self.shapes = [(out, into + 1) for into, out in pairwise(sizes)]
        count = sum(rows * columns for rows, columns in self.shapes)
        count += sum(2 * layer.size for layer in self.layers if layer.batch_norm)
        self.theta = torch.zeros(*self.lead, count, dtype=dtype)
        self.gradient = torch.zeros_like(self.theta)
        self.weights, self.scales = self.views(self.theta)
        self.gradients, self.scale_gradients = self.views(self.gradient)
        self.running = [
            norm.Running(self.theta.new_zeros(*self.lead, layer.size, 1)) if layer.batch_norm
            else None
            for layer in self.layers
        ]  # fmt: skip
        for scale in self.scales:
            if scale is not None:
                scale.select(-2, 0).fill_(1)
        # without the bias and turned round, for the way back
        self.turned = [w.narrow(-1, 1, w.shape[-1] - 1).mT for w in self.weights]
        self.decayed = torch.zeros_like(self.theta)  # 1 at weights, 0 at biases and scales
        for w in self.views(self.decayed)[0]:
            w.narrow(-1, 1, w.shape[-1] - 1).fill_(1)
        self.free: Tensor | None = None
        self._kept: dict[int, Passes] = {}

    def views(self, flat: Tensor) -> tuple[list[Tensor], list[Tensor | None]]:
        """Return the views of a flat tensor: matrices, and (2, units) for batch norm or None."""
        matrices, scales, at = [], [], 0
        for (rows, columns), layer in zip(self.shapes, self.layers, strict=True):
            matrices.append(flat.narrow(-1, at, rows * columns).view(*self.lead, rows, columns))
            at += rows * columns
            scale = None
            if layer.batch_norm:
                scale = flat.narrow(-1, at, 2 * rows).view(*self.lead, 2, rows)
                at += 2 * rows
            scales.append(scale)
        return matrices, scales

    def passes(self, n: int) -> Passes:
        """Return room for n examples; the same room at every call."""
        if n not in self._kept:
            if len(self._kept) > 6:  # dragged batch sizes leave rooms behind
                self._kept.clear()
            self._kept[n] = Passes(self, n)
        return self._kept[n]

    def forward(
        self, x: Tensor, *, training: bool = False, generator: torch.Generator | None = None
    ) -> Passes:
        """Return the passes over x: (inputs, N), one column an example, with z, h and a filled.

        training: batch norm by the batch's own statistics, and dropout drawn from `generator`.
        """
        p = self.passes(x.shape[-1])
        p.x.copy_(x)
        way = zip(self.layers, self.fs, self.weights, p.ones, p.z, p.h, strict=False)
        for i, (layer, f, w, into, z, h) in enumerate(way):
            self.multiply(w, into, out=z)
            if layer.batch_norm:
                p.norm[i] = norm.forward(z, self.scales[i], self.running[i], training)
            f.f(z, h)
            if layer.dropout:
                p.mask[i] = None
                if training:
                    keep = 1 - layer.dropout
                    p.mask[i] = torch.empty_like(h).bernoulli_(keep, generator=generator)
                    torch.mul(h, p.mask[i].mul_(1 / keep), out=p.a[i])
                else:
                    p.a[i].copy_(h)
        return p

    def backward(
        self, p: Passes, g: Tensor, *, inputs: bool = False, weights: bool = True
    ) -> Tensor:
        """Fill p.g, p.delta and `gradient` from g = dL/da of the last layer.

        inputs: carry on to dL/dx, in p.g_x.  weights: whether their gradient is wanted.  Returns
        `gradient`.
        """
        p.g[-1] = g
        for i in reversed(range(len(self.layers))):
            delta = self.fs[i].back(p.g[i], p.z[i], p.h[i], p.delta[i])
            if p.mask[i] is not None:
                delta.mul_(p.mask[i])
            if p.norm[i] is not None:
                delta = norm.backward(delta, p.norm[i], self.scales[i], self.scale_gradients[i])
            if weights:
                self.multiply(delta, p.turned[i], out=self.gradients[i])
            if i > 0:
                self.multiply(self.turned[i], delta, out=p.g[i - 1])
            elif inputs:
                self.multiply(self.turned[0], delta, out=p.g_x)
        return self.gradient

    def units(self) -> int:
        """Return how many units the layers have together."""
        return sum(layer.size for layer in self.layers)
