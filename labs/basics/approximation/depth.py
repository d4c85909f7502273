"""What depth is worth: a sawtooth that few units fold, and parity, which depends on the unit.

Telgarsky 2016, "Benefits of depth in neural networks", https://arxiv.org/abs/1602.04485.
Hastad 1986, https://doi.org/10.1145/12130.12132, for AND and OR circuits.
"""

import itertools
import math

import torch
from torch import Tensor

from labs.models.dense import Dense, Layer


def fold(layers: int) -> Dense:
    """Return a ReLU net, two units a layer, whose output on [0, 1] has 2^layers straight pieces.

    Every layer folds [0, 1] once: x -> 2 relu(x) - 4 relu(x - 1/2).
    """
    net = Dense(1, [*(Layer(2, "relu") for _ in range(layers)), Layer(1, "identity")],
                dtype=torch.float64)  # fmt: skip
    tent = torch.tensor([[0.0, 2.0, -4.0]], dtype=torch.float64)
    for i, w in enumerate(net.weights[:-1]):
        into = torch.tensor([[0.0, 1.0]], dtype=torch.float64) if i == 0 else tent
        w.copy_(into.expand(2, -1))
        w[1, 0] -= 0.5
    net.weights[-1].copy_(tent)
    return net


def pieces(y: Tensor) -> int:
    """Return how many straight pieces the samples y have, taken evenly."""
    slopes = y.diff()
    return 1 + int((slopes.diff().abs() > 1e-9).sum())


def shallow(units: int, x: Tensor, y: Tensor) -> Tensor:
    """Return the best fit to y(x) of one hidden layer of so many ReLUs with even bends.

    A line and so many bends: the output weights are found exactly, by least squares.
    """
    bends = torch.arange(units, dtype=x.dtype) / units
    basis = torch.cat([torch.ones_like(x)[None], (x - bends[:, None]).clamp_min(0)])
    weights = torch.linalg.lstsq(basis.T, y[:, None]).solution
    return (basis.T @ weights)[:, 0]


def parity_net(n: int) -> Dense:
    """Return n bits' parity by one hidden layer of n threshold units, as weights of a net.

    Unit k asks whether at least k bits are set; the output adds them with signs + - + -.  Run it by
    `parity`, since a threshold has no slope to train by.
    """
    net = Dense(n, [Layer(n, "identity"), Layer(1, "identity")], dtype=torch.float64)
    net.weights[0][:, 1:] = 1
    net.weights[0][:, 0] = -(torch.arange(n) + 0.5)
    net.weights[1][0, 1:] = 1 - 2.0 * (torch.arange(n) % 2)
    net.weights[1][0, 0] = -0.5
    return net


def parity(net: Dense, x: Tensor) -> Tensor:
    """Return what a net of threshold units says of bits x: (n, N), as (N,) of 0 and 1."""
    a = x
    for w in net.weights:
        a = (w[:, 1:] @ a + w[:, :1] > 0).to(x.dtype)
    return a[0]


def all_bits(n: int) -> Tensor:
    """Return all 2^n columns of n bits."""
    return torch.tensor(list(itertools.product((0.0, 1.0), repeat=n)), dtype=torch.float64).T


def gates_for_parity(n: int) -> int:
    """Return how many ANDs an OR of ANDs needs for the parity of n bits: one for each odd row.

    No AND can cover two odd rows, since between them lies an even one.
    """
    return sum(math.comb(n, k) for k in range(1, n + 1, 2))
