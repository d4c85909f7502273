"""Losses: a mean over examples, and its gradient at the net's output, written out.

`a` is the output, (units, N), one column an example, and `y` the target in the same shape.  The
cross-entropies take logits, so their output layer is the identity and the lecture's "delta of the
output is a - y" is their slope.  A leading dimension of copies, (K, units, N), is allowed.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import torch
from torch import Tensor

LOWEST = -100.0  # no logarithm of a probability goes below this, as in torch
LEAST = math.exp(LOWEST)  # below it a probability counts as 0, and that logarithm has no slope


@dataclass(frozen=True)
class Loss:
    """A loss of the output a and the target y.

    each(a, y): each example's own loss, (N,), summed over the outputs.  slopes(a, y, out): writes
    its gradient.  predict(a): what is shown, a probability or a number.
    """

    name: str
    each: Callable[[Tensor, Tensor], Tensor]
    slopes: Callable[[Tensor, Tensor, Tensor], Tensor]
    predict: Callable[[Tensor], Tensor]
    formula: str

    def value(self, a: Tensor, y: Tensor) -> Tensor:
        """Return the mean over the examples."""
        return self.each(a, y).mean(-1)

    def slope(self, a: Tensor, y: Tensor, out: Tensor | None = None) -> Tensor:
        """Return the gradient of value(a, y) at a, in `out` if it is given."""
        out = torch.empty_like(a) if out is None else out
        return self.slopes(a, y, out).mul_(_share(a.shape[-1], a.dtype))


@lru_cache(256)
def _share(n: int, dtype: torch.dtype) -> Tensor:
    return torch.tensor(1 / n, dtype=dtype)  # a tensor, since a number takes longer to multiply by


def _squared(a: Tensor, y: Tensor) -> Tensor:
    d = a - y
    return (d * d).sum(-2).mul_(0.5)


def _binary(a: Tensor, y: Tensor) -> Tensor:
    # -y ln s(a) - (1 - y) ln(1 - s(a)), without a logarithm of zero
    return (a.clamp_min(0) - a * y + torch.log1p(torch.exp(-a.abs()))).sum(-2)


def _binary_slopes(a: Tensor, y: Tensor, out: Tensor) -> Tensor:
    return torch.sigmoid(a, out=out).sub_(y)


def softmax(a: Tensor) -> Tensor:
    """Return the shares e^a / sum e^a over the outputs, (..., units, N)."""
    power = torch.exp(a - a.amax(-2, keepdim=True))
    return power / power.sum(-2, keepdim=True)


def _categorical(a: Tensor, y: Tensor) -> Tensor:
    top = a.amax(-2, keepdim=True)
    log_sum = top + (a - top).exp().sum(-2, keepdim=True).log()
    return (y * (log_sum - a)).sum(-2)


def _categorical_slopes(a: Tensor, y: Tensor, out: Tensor) -> Tensor:
    return torch.sub(softmax(a) * y.sum(-2, keepdim=True), y, out=out)


def _hinge(a: Tensor, y: Tensor) -> Tensor:
    return (1 - a * y).clamp_min(0).sum(-2)


def _hinge_slopes(a: Tensor, y: Tensor, out: Tensor) -> Tensor:
    return out.copy_(torch.where(a * y < 1, -y, 0.0))


def _log(a: Tensor, y: Tensor) -> Tensor:
    right, wrong = (p.log().clamp_min_(LOWEST) for p in (a, 1 - a))
    return -(y * right + (1 - y) * wrong).sum(-2)


def _log_slopes(a: Tensor, y: Tensor, out: Tensor) -> Tensor:
    return torch.sub(_ratio(1 - y, 1 - a), _ratio(y, a), out=out)


def _ratio(y: Tensor, p: Tensor) -> Tensor:
    """Return the slope of y ln p, which is 0 where the logarithm is held."""
    return torch.where(p < LEAST, 0.0, y / p)


def _same(a: Tensor) -> Tensor:
    return a


_BINARY = r"-\frac{1}{N}\sum_n \sum_k y_k \ln \sigma(a_k) + (1 - y_k) \ln (1 - \sigma(a_k))"
_ALL = (
    Loss("squared", _squared, lambda a, y, out: torch.sub(a, y, out=out), _same,
         r"\frac{1}{2N}\sum_n \lVert a - y \rVert^2"),
    Loss("binary cross-entropy", _binary, _binary_slopes, torch.sigmoid, _BINARY),
    Loss("softmax cross-entropy", _categorical, _categorical_slopes, softmax,
         r"-\frac{1}{N}\sum_n \sum_k y_k \ln \frac{e^{a_k}}{\sum_j e^{a_j}}"),
    Loss("hinge", _hinge, _hinge_slopes, _same,
         r"\frac{1}{N}\sum_n \sum_k \max(0, 1 - y_k a_k)"),
    Loss("one-vs-rest", _binary, _binary_slopes, torch.sigmoid, _BINARY),
    # on probabilities as they are: for an output layer of logistic units, step by step
    Loss("log", _log, _log_slopes, _same,
         r"-\frac{1}{N}\sum_n \sum_k y_k \ln a_k + (1 - y_k) \ln (1 - a_k)"),
)  # fmt: skip
LOSSES = {loss.name: loss for loss in _ALL}
