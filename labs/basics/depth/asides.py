"""Dropout and batch norm up close: what the lectures say of them, in numbers that are computed."""

from dataclasses import dataclass

import torch
from torch import Tensor

from labs.basics.depth.net import EPS, Deep
from labs.basics.depth.side import digits


@dataclass(frozen=True)
class Ensemble:
    """What a net with dropout says of one example."""

    masks: Tensor  # (masks, classes), probabilities under as many random masks
    mean: Tensor  # (classes,), their mean: the ensemble
    scaled: Tensor  # (classes,), one pass with nothing dropped, weights scaled

    @property
    def gap(self) -> float:
        """The largest difference between the ensemble and the weight-scaling rule."""
        return (self.mean - self.scaled).abs().max().item()


@torch.no_grad()
def ensemble(net: Deep, x: Tensor, masks: int, generator: torch.Generator) -> Ensemble:
    """Return the predictions of a net for one example x: (inputs,) under random masks.

    Weight scaling (Hinton et al. 2012): one pass with every unit times its chance to stay stands
    for the mean over all masks.  With inverted dropout the scaling was done in training already.
    Norms go by their running statistics: a batch of one example has nothing to be normed by.
    """
    many = x.expand(masks, -1)
    said = net.forward(many, training=True, generator=generator, own=False).logits.softmax(1)
    scaled = net.forward(x[None], training=False).logits.softmax(1)[0]
    return Ensemble(said, said.mean(0), scaled)


def on_a_digit(net: Deep, masks: int = 200) -> tuple[int, Ensemble]:
    """Return the class of the first digit, and what a net says of it under random masks."""
    x, y = digits()
    return int(y[0]), ensemble(net, x[0], masks, torch.Generator().manual_seed(0))


def ridge_of_dropout(x: Tensor, y: Tensor, drop: float) -> Tensor:
    """Return the weights (D,) that minimise the dropout loss of a linear net, averaged over masks.

    x: (N, D), y: (N,).  The mean over all masks of |y - (m x / (1 - drop)) w|^2 is
    |y - x w|^2 + drop / (1 - drop) sum_j |x_j|^2 w_j^2: ridge, with a penalty by the size of each
    input.  Wager, Wang & Liang 2013, https://arxiv.org/abs/1307.1493.
    """
    penalty = drop / (1 - drop) * x.square().sum(0)
    return torch.linalg.solve(x.T @ x + torch.diag(penalty), x.T @ y)


def dropout_loss(
    x: Tensor, y: Tensor, w: Tensor, drop: float, masks: int, generator: torch.Generator
) -> float:
    """Return the squared loss of a linear net under inverted dropout, a mean over masks."""
    kept = torch.empty(masks, *x.shape, dtype=x.dtype).bernoulli_(1 - drop, generator=generator)
    said = (kept / (1 - drop) * x) @ w
    return (said - y).square().sum(1).mean().item()


def ridge_loss(x: Tensor, y: Tensor, w: Tensor, drop: float) -> float:
    """Return the same loss by the formula."""
    penalty = drop / (1 - drop) * x.square().sum(0) @ w.square()
    return ((x @ w - y).square().sum() + penalty).item()


@dataclass(frozen=True)
class Ridge:
    """The loss of a linear net under dropout, measured over masks and by the formula of ridge."""

    drop: float
    measured: float
    formula: float


def dropout_is_ridge(drop: float, masks: int = 2000) -> Ridge:
    """Return both losses of the best weights for four pixels of 200 digits."""
    x, y = digits()
    a, b = x[:200, 20:24].double(), y[:200].double() / 9
    w = ridge_of_dropout(a, b, drop)
    measured = dropout_loss(a, b, w, drop, masks, torch.Generator().manual_seed(0))
    return Ridge(drop, measured, ridge_loss(a, b, w, drop))


def deviations(net: Deep) -> dict[str, list[float]]:
    """Return the deviation of every layer's z over 128 digits, with the batch's own statistics in
    its norms and with the running ones.
    """
    x = digits()[0][:128]
    return {
        name: [z.std().item() for z in net.forward(x, training=False, own=own, remember=False).z]
        for name, own in (("batch's own", True), ("running", False))
    }


@dataclass(frozen=True)
class Chain:
    """The lecture's y = w1 w2 w3 w4 x, before and after one step of gradient descent on y."""

    y: float
    gradient: tuple[float, ...]  # dy/dw
    expected: float  # the change of y that the gradient promises
    actual: float  # the change that the step makes


def chain(weights: tuple[float, ...], x: float, learning_rate: float) -> Chain:
    """Return what a step down the gradient does to a product of weights.

    The gradient assumes that the other weights stand still; they do not, and terms of higher
    order in the learning rate decide (Goodfellow et al., Deep Learning, 8.7.1).
    """
    w = torch.tensor(weights, dtype=torch.float64, requires_grad=True)
    y = w.prod() * x
    (g,) = torch.autograd.grad(y, w)
    new = (w.detach() - learning_rate * g).prod() * x
    expected = -learning_rate * g.square().sum()
    return Chain(y.item(), tuple(g.tolist()), expected.item(), (new - y).item())


def rescaled(w: float) -> tuple[tuple[float, ...], float]:
    """Return four weights of other scales than (w, w, w, w), and by how much they change what a
    chain with batch norm makes of nine inputs.
    """
    others, batch = (10 * w, 0.5, w, 3 * w), torch.linspace(-1, 1, 9)
    apart = normalised_chain((w,) * 4, batch) - normalised_chain(others, batch)
    return others, apart.abs().max().item()


def normalised_chain(weights: tuple[float, ...], x: Tensor) -> Tensor:
    """Return w1 w2 w3 w4 x with batch norm after every factor, for a batch x: (N,).

    Whatever the scales of the weights, the result is the normalised x up to its sign (and up to
    the eps under the root).
    """
    h = x
    for w in weights:
        h = h * w
        h = (h - h.mean()) * (h.var(unbiased=False) + EPS).rsqrt()
    return h
