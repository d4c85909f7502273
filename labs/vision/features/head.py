"""The head: one linear layer on fixed features, at the optimum of multinomial logistic regression.

The optimum lies in the span of the N examples, so N numbers for each class are looked for instead
of D.  Newton's method, each step by conjugate gradients, for several sets of examples at once:
Nocedal & Wright, "Numerical optimization", chapter 7, https://doi.org/10.1007/978-0-387-40065-5.
"""

from collections.abc import Callable

import torch
import torch.nn.functional as F
from torch import Tensor, nn

CLOSE = 1e-10  # of a Newton step's promise, relative to the loss
ROUNDS = 60
TINY = 1e-7  # penalty of a bias: without examples of a class it would run away


def fit(features: Tensor, labels: Tensor, classes: int, *, l2: float) -> nn.Linear:
    """Return the head: features (N, D) to logits (N, classes).

    It minimises the sum of the cross-entropies plus l2 / 2 times the squared weights, without the
    biases: scikit-learn's LogisticRegression with C = 1 / l2.  (Of two classes scikit-learn has one
    weight vector, the difference of these two, which costs twice as much: there C = 2 / l2.)
    labels: (N,), whole numbers from 0.
    Raises ValueError for a class without an example and for l2 <= 0.
    """
    check(features, labels, classes, l2)
    x = features.double()
    z, back = reduced(x)
    w, b = optimum(z, one_hot(labels, classes), torch.ones(1, len(x)).double(), l2)
    head = nn.Linear(x.shape[1], classes)
    with torch.no_grad():
        head.weight.copy_((back @ w[0]).T)
        head.bias.copy_(b[0])
    return head.requires_grad_(False).eval()


def leave_one_out(features: Tensor, labels: Tensor, classes: int, *, l2: float) -> Tensor:
    """Return for each example (N,) the class that a head says which was fitted to all others."""
    check(features, labels, classes, l2)
    z, _ = reduced(features.double())
    y, n = one_hot(labels, classes), len(z)
    whole = optimum(z, y, torch.ones(1, n).double(), l2)
    w, b = optimum(z, y, 1 - torch.eye(n).double(), l2, whole)
    return (torch.einsum("nr,nrk->nk", z, w) + b).argmax(1)


def check(features: Tensor, labels: Tensor, classes: int, l2: float) -> None:
    """Raise ValueError for what no head can be fitted to."""
    if features.ndim != 2 or labels.shape != features.shape[:1]:
        raise ValueError(
            f"features are (N, D) and labels (N,), got {tuple(features.shape)} and "
            f"{tuple(labels.shape)}"
        )
    if not l2 > 0:
        raise ValueError(f"l2 must be above 0, got {l2}")
    counts = torch.bincount(labels, minlength=classes)
    if len(counts) != classes or (counts == 0).any():
        raise ValueError(f"each of the {classes} classes needs an example, got {counts.tolist()}")


def one_hot(labels: Tensor, classes: int) -> Tensor:
    """Return labels (N,) as rows of a matrix: (N, classes)."""
    return F.one_hot(labels, classes).double()


def reduced(x: Tensor) -> tuple[Tensor, Tensor]:
    """Return coordinates z: (N, R) of x: (N, D) in its own span, and `back`: (D, R).  Weights w of
    z are the weights `back @ w` of x, and of the same length.
    """
    if x.shape[1] <= x.shape[0]:
        return x, torch.eye(x.shape[1], dtype=x.dtype)
    values, vectors = torch.linalg.eigh(x @ x.T)
    kept = values > 1e-11 * values[-1].clamp_min(1e-300)
    roots = values[kept].sqrt()
    return vectors[:, kept] * roots, x.T @ (vectors[:, kept] / roots)


def optimum(
    z: Tensor, y: Tensor, counted: Tensor, l2: float, start: tuple[Tensor, Tensor] | None = None
) -> tuple[Tensor, Tensor]:
    """Return weights (S, R, K) and biases (S, K) at the optimum for each of S sets of examples.

    z: (N, R).  y: (N, K).  counted: (S, N), 1 for the examples of a set.  start: where to begin,
    needed for more than one set: an optimum near theirs, such as that of all examples.
    """
    ones = torch.ones(len(z), 1, dtype=z.dtype)
    z, s, k = torch.cat([z, ones], 1), len(counted), y.shape[1]
    penalty = torch.full((z.shape[1], 1), l2, dtype=z.dtype)
    penalty[-1] = TINY
    t = torch.zeros(s, z.shape[1], k, dtype=z.dtype)
    near: Tensor | None = None
    if start is not None:
        t = t + torch.cat([start[0], start[1][:, None]], 1)
        near = factor(z, (z @ t[0]).softmax(1), penalty)

    def loss(t: Tensor) -> Tensor:  # (S,)
        each = -(F.log_softmax(z @ t, 2) * y).sum(2)
        return (each * counted).sum(1) + (penalty * t.square()).sum((1, 2)) / 2

    now = loss(t)
    for _ in range(ROUNDS):
        p = (z @ t).softmax(2)
        slope = z.T @ ((p - y) * counted[..., None]) + penalty * t

        def curved(d: Tensor, p: Tensor = p) -> Tensor:  # the Hessian times d
            u = p * (z @ d) * counted[..., None]
            return z.T @ (u - p * u.sum(2, keepdim=True)) + penalty * d

        if near is None:
            step = through(factor(z, p[0], penalty, counted[0]), -slope)
        else:
            step = solved(curved, -slope, near)
        promise = -(slope * step).sum((1, 2))
        if (promise <= CLOSE * (1e-3 + now)).all():
            break
        size = torch.ones(s, 1, 1, dtype=z.dtype)
        for _ in range(30):  # half as far, until every set's loss has fallen
            new = loss(t + size * step)
            worse = new > now - 1e-4 * size[:, 0, 0] * promise + 1e-13 * now
            if not worse.any():
                break
            size[worse] /= 2
        t, now = t + size * step, new
    return t[:, :-1], t[:, -1]


def factor(z: Tensor, p: Tensor, penalty: Tensor, counted: Tensor | None = None) -> Tensor:
    """Return the Cholesky factor of one set's Hessian: (R K, R K), block by block of two classes.

    z: (N, R).  p: (N, K).  penalty: (R, 1).  counted: (N,), 1 for the examples of the set.
    """
    (r, k), c = (z.shape[1], p.shape[1]), 1 if counted is None else counted[:, None]
    blocks = torch.empty(r, k, r, k, dtype=z.dtype)
    for i in range(k):
        for j in range(i + 1):
            share = (p[:, i] * (float(i == j) - p[:, j]))[:, None] * c
            blocks[:, i, :, j] = blocks[:, j, :, i] = z.T @ (share * z)
    matrix = blocks.view(r * k, r * k)
    matrix.diagonal().add_(penalty.expand(r, k).reshape(-1))
    return torch.linalg.cholesky(matrix)


def through(lower: Tensor, goal: Tensor) -> Tensor:
    """Return d: (S, R, K) whose product with lower @ lower.T: (R K, R K) is goal."""
    return torch.cholesky_solve(goal.flatten(1).T, lower).T.reshape(goal.shape)


def solved(curved: Callable[[Tensor], Tensor], goal: Tensor, near: Tensor) -> Tensor:
    """Return d: (S, R, K) with curved(d) = goal to a hundredth or better, by conjugate gradients.

    near: (R K, R K), the factor of a matrix that is nearly that of every set; the closer, the
    fewer steps.
    """
    d, r = torch.zeros_like(goal), goal.clone()
    q = w = through(near, r)
    size, along = r.square().sum((1, 2)), (r * w).sum((1, 2))
    enough = size * torch.minimum(torch.tensor(1e-4, dtype=size.dtype), size.sqrt())
    for _ in range(200):
        if (size <= enough).all():
            break
        h = curved(q)
        far = (along / (q * h).sum((1, 2)).clamp_min(1e-300))[:, None, None]
        d, r = d + far * q, r - far * h
        w = through(near, r)
        before, along = along, (r * w).sum((1, 2))
        q = w + (along / before.clamp_min(1e-300))[:, None, None] * q
        size = r.square().sum((1, 2))
    return d
