"""How a deep net feels: what flows through every layer, forwards and backwards.

The theory's line is the product of |W| and f' that the lecture writes down, in the mean: going back
through a layer multiplies the gradient's size by  g = rms f'(z) |W|_F / sqrt(units)  (batch norm
adds the factor gamma / deviation); with a residual connection by  sqrt(1 + g^2).
"""

import math
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from labs.basics.depth.net import Deep, Passes

BINS = 48
SMALLEST = -12.0  # log10 of the smallest gradient that the histograms show
LARGEST = 4.0
SATURATED = 0.05  # share of the largest slope below which a unit counts as saturated
STEEPEST = {"sigmoid": 0.25, "tanh": 1.0, "relu": 1.0}


@dataclass(frozen=True)
class Health:
    """One net on one batch; lists have an entry for each hidden layer."""

    loss: float
    accuracy: float
    norms: Tensor  # (depth,), size of dL/dh of a layer, per example and unit (root mean square)
    theory: Tensor  # (depth,), the same by the product of |W| and f', from the last layer back
    weight_norms: Tensor  # (depth + 1,), |dL/dW|
    mean: Tensor  # (depth,), of the activations
    deviation: Tensor  # (depth,)
    dead: Tensor  # (depth,), share of units that are 0 (or do not move) for every example
    saturated: Tensor  # (depth,), share of slopes below 5 % of the steepest
    activations: Tensor  # (BINS, depth), share of activations in each bin, largest value on top
    gradients: Tensor  # (BINS, depth), share of log10 |dL/dh| in each bin, largest on top
    reach: float  # activations are binned from -reach to reach

    @property
    def ratio(self) -> float:
        """Gradient of the first hidden layer over that of the last."""
        return (self.norms[0] / self.norms[-1]).item()


def examine(net: Deep, x: Tensor, y: Tensor, generator: torch.Generator) -> Health:
    """Return how the net takes a batch, x: (N, inputs) and y: (N,), in training mode."""
    passes = net.forward(x, training=True, generator=generator, remember=False)
    loss = F.cross_entropy(passes.logits, y)
    found = torch.autograd.grad(loss, [*passes.h, *net.weights], allow_unused=True)
    flows = torch.stack([torch.zeros_like(x) if g is None else g for g, x in
                         zip(found, passes.h, strict=False)])  # fmt: skip
    flows = flows * len(x)  # per example: the loss is a mean
    with torch.no_grad():
        h, z = torch.stack(passes.h), torch.stack(passes.z)
        slopes = slope(net.shape.activation, z)
        norms = flows.square().mean((1, 2)).sqrt()
        # the 99.5th percentile without a sort, which took a third of the frame
        reach = float(h.abs().flatten().kthvalue(int(0.995 * h.numel())).values)
        reach = max(reach, 1e-3) if math.isfinite(reach) else 1.0
        return Health(
            loss=loss.item(),
            accuracy=(passes.logits.argmax(1) == y).float().mean().item(),
            norms=norms,
            theory=theory(net, passes, slopes, norms),
            weight_norms=torch.stack([g.norm() for g in found[len(passes.h) :]]),
            mean=h.mean((1, 2)),
            deviation=h.std((1, 2)),
            dead=_dead(net.shape.activation, h, slopes),
            saturated=(slopes < SATURATED * STEEPEST[net.shape.activation]).float().mean((1, 2)),
            activations=histograms(h, -reach, reach),
            gradients=histograms(flows.abs().clamp_min(1e-30).log10(), SMALLEST, LARGEST),
            reach=reach,
        )


def slope(activation: str, z: Tensor) -> Tensor:
    """Return f'(z)."""
    if activation == "sigmoid":
        return torch.sigmoid(z) * torch.sigmoid(-z)
    if activation == "tanh":
        return 1 - torch.tanh(z) ** 2
    return (z > 0).float()


def theory(net: Deep, passes: Passes, slopes: Tensor, norms: Tensor) -> Tensor:
    """Return the size of dL/dh of each layer as the product rule has it, from the last one back."""
    shape = net.shape
    if shape.depth == 1:
        return norms
    factor = slopes[1:].square()  # (depth - 1, N, width)
    if shape.norm:
        factor = factor * torch.stack(passes.inverse[1:])[:, None].square()
    weights = torch.stack(net.weights[1:-1])  # (depth - 1, width, width)
    # a sum over the units above, independent of one another: E|W^T d|^2 = |W|^2 |d|^2 / units
    gains = factor.mean((1, 2)) * weights.square().sum((1, 2)) / shape.width
    steps = (gains / (1 - shape.dropout) + shape.residual).sqrt()
    return torch.cat([norms[-1:], steps.flip(0)]).cumprod(0).flip(0)


def histograms(values: Tensor, low: float, high: float) -> Tensor:
    """Return values: (depth, N, units) as shares per bin, (BINS, depth); the top bin comes first.

    What lies outside counts in the outermost bin; NaN counts nowhere.
    """
    flat = values.flatten(1)
    bins = ((flat - low) * (BINS / (high - low))).clamp(0, BINS - 1).nan_to_num(BINS).long()
    one = torch.ones(()).expand_as(flat)
    counts = torch.zeros(len(flat), BINS + 1).scatter_add_(1, bins, one)  # the last bin: NaN
    return (counts[:, :BINS] / flat.shape[1]).T.flip(0)


def _dead(activation: str, h: Tensor, slopes: Tensor) -> Tensor:
    still = slopes == 0 if activation == "relu" else slopes < 1e-4
    return still.all(1).float().mean(1)
