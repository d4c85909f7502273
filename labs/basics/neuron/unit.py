"""One unit: a weighted sum and a function, and two ways in which it learns.

McCulloch & Pitts 1943, https://doi.org/10.1007/BF02478259; Rosenblatt's perceptron 1958,
https://doi.org/10.1037/h0042519.  Weights are w = (bias, w1, w2); examples are columns with the
constant 1 on top, x: (3, N).
"""

import torch
from torch import Tensor


def with_one(x: Tensor) -> Tensor:
    """Return x: (2, N) with the constant 1 on top, (3, N)."""
    return torch.cat([torch.ones_like(x[:1]), x])


def threshold(z: Tensor) -> Tensor:
    """Return 1 where z reaches 0, else 0: the unit of McCulloch and Pitts, and the perceptron's."""
    return (z >= 0).to(z.dtype)


def logistic(z: Tensor) -> Tensor:
    """Return g(z) = 1 / (1 + e^-z)."""
    return 1 / (1 + torch.exp(-z))


def perceptron_rule(w: Tensor, x: Tensor, t: float, rate: float) -> Tensor:
    """Return w after one example x: (3,) with target t: w + rate (t - y) x.

    Nothing changes where the unit is right.  If one line can do it, this finds one in finitely many
    steps (Novikoff 1962).
    """
    y = threshold(w @ x)
    return w + rate * (t - y) * x


def gradient(w: Tensor, x: Tensor, t: Tensor) -> Tensor:
    """Return the gradient of a logistic unit's mean cross-entropy: X (g(w X) - t) / N, (3,)."""
    return x @ (logistic(w @ x) - t) / x.shape[1]


def cross_entropy(w: Tensor, x: Tensor, t: Tensor) -> float:
    """Return the mean cross-entropy of a logistic unit, in nats."""
    z = w @ x
    return (z.clamp_min(0) - z * t + torch.log1p(torch.exp(-z.abs()))).mean().item()


def bound(w: Tensor) -> Tensor:
    """Return the point (2,) of the line w . (1, x) = 0 that is nearest to (0.5, 0.5)."""
    normal, middle = w[1:], torch.full((2,), 0.5, dtype=w.dtype)
    return middle - (w[0] + normal @ middle) / (normal @ normal).clamp_min(1e-12) * normal
