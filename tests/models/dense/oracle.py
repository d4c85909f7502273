"""The same net as autograd sees it: torch's own functions on the same numbers."""

import torch
import torch.nn.functional as F
from torch import Tensor

from labs.models.dense import Dense

FUNCTIONS = {
    "identity": lambda z: z,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": torch.relu,
    "leaky relu": lambda z: F.leaky_relu(z, 0.01),
    "elu": F.elu,
    "gelu": F.gelu,
    "silu": F.silu,
    "sine": torch.sin,
    "softplus": lambda z: F.softplus(z, threshold=40),  # torch cuts it off at 20
}


def loss_of(name: str, a: Tensor, y: Tensor) -> Tensor:
    """The loss of the output a, (units, N), by torch: summed over units, averaged over examples."""
    n = a.shape[-1]
    if name == "squared":
        return 0.5 * F.mse_loss(a, y, reduction="sum") / n
    if name in ("binary cross-entropy", "one-vs-rest"):
        return F.binary_cross_entropy_with_logits(a, y, reduction="sum") / n
    if name == "softmax cross-entropy":
        return F.cross_entropy(a.mT, y.mT)
    if name == "hinge":
        return F.relu(1 - a * y).sum() / n
    return F.binary_cross_entropy(a, y, reduction="sum") / n


def output(net: Dense, theta: Tensor, x: Tensor) -> Tensor:
    """The net's output in training mode, built from the flat theta by torch alone."""
    at, a = 0, x
    for layer, (rows, columns) in zip(net.layers, net.shapes, strict=True):
        w = theta[at : at + rows * columns].view(rows, columns)
        at += rows * columns
        z = F.linear(a.mT, w[:, 1:], w[:, 0])  # (N, units)
        if layer.batch_norm:
            z = F.batch_norm(z, None, None, theta[at : at + rows], theta[at + rows : at + 2 * rows],
                             training=True)  # fmt: skip
            at += 2 * rows
        a = FUNCTIONS[layer.activation](z).mT
    return a


def gradients(net: Dense, x: Tensor, y: Tensor, loss: str) -> tuple[Tensor, Tensor, Tensor]:
    """Return the loss, its gradient at theta and at x, by autograd."""
    theta, x = net.theta.clone().requires_grad_(), x.clone().requires_grad_()
    value = loss_of(loss, output(net, theta, x), y)
    g_theta, g_x = torch.autograd.grad(value, (theta, x))
    return value.detach(), g_theta, g_x


def targets(loss: str, units: int, n: int, dtype: torch.dtype, rng: torch.Generator) -> Tensor:
    """Random targets that the loss can take."""
    if loss == "squared":
        return torch.randn(units, n, generator=rng, dtype=dtype)
    if loss == "softmax cross-entropy":
        classes = torch.randint(units, (n,), generator=rng)
        return F.one_hot(classes, units).mT.to(dtype)
    bits = torch.randint(2, (units, n), generator=rng).to(dtype)
    return 2 * bits - 1 if loss == "hinge" else bits


def apart(a: Tensor, b: Tensor) -> float:
    """The relative error of a, by norms."""
    return ((a - b).norm() / b.norm().clamp_min(1e-30)).item()
