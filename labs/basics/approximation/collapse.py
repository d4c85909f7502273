"""Layers without a bend collapse: W2 (W1 x + b1) + b2 is one linear map W x + b."""

import torch
from torch import Tensor

from labs.models.dense import Dense, Layer, initialise

INPUTS, HIDDEN, OUTPUTS = 2, 3, 2


def linear_net(seed: int) -> Dense:
    """Return two linear layers, 2 to 3 to 2, with random weights and biases, in float64."""
    generator = torch.Generator().manual_seed(seed)
    net = Dense(INPUTS, [Layer(HIDDEN, "identity"), Layer(OUTPUTS, "identity")],
                dtype=torch.float64)  # fmt: skip
    initialise(net, "Xavier", generator)
    for w in net.weights:
        w[:, 0].normal_(generator=generator)
    return net


def collapsed(net: Dense) -> Tensor:
    """Return the one layer (outputs, inputs + 1) that a net of linear layers is, bias first."""
    w = torch.eye(net.inputs + 1, dtype=net.theta.dtype)
    for theta in net.weights:
        top = torch.zeros(1, theta.shape[1], dtype=theta.dtype)
        top[0, 0] = 1  # the constant 1 stays what it is
        w = torch.cat([top, theta]) @ w
    return w[1:]


def difference(net: Dense, n: int = 1000) -> float:
    """Return the largest difference between the net and its one layer, over n random points."""
    x = torch.randn(net.inputs, n, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    one = collapsed(net)
    return (net.forward(x).output - (one[:, 1:] @ x + one[:, :1])).abs().max().item()
