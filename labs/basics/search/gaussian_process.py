"""Gaussian process regression: from a few measured losses, a mean and a doubt everywhere.

f is taken to be normal at any set of places, with mean 0 and the covariance k(x, x').  Given
y = f(x) + noise, f is still normal, with

    mean(x*) = k*^T (K + noise I)^-1 y,    var(x*) = k(x*, x*) - k*^T (K + noise I)^-1 k*.

Rasmussen & Williams, "Gaussian Processes for Machine Learning", Algorithm 2.1,
https://gaussianprocess.org/gpml/.
"""

import math
from collections.abc import Callable, Mapping

import torch
from torch import Tensor

JITTER = 1e-9  # of a draw's covariance, as a share of the signal's variance: rounding is no draw


def squared_exponential(r: Tensor) -> Tensor:
    """exp(-r^2 / 2): functions as smooth as can be."""
    return torch.exp(-0.5 * r**2)


def matern52(r: Tensor) -> Tensor:
    """(1 + a + a^2 / 3) exp(-a) with a = sqrt(5) r: two derivatives, as Snoek et al. advise."""
    a = math.sqrt(5) * r
    return (1 + a + a**2 / 3) * torch.exp(-a)


def matern12(r: Tensor) -> Tensor:
    """exp(-r): continuous, and with a bend everywhere."""
    return torch.exp(-r)


KERNELS: Mapping[str, Callable[[Tensor], Tensor]] = {
    "squared exponential": squared_exponential,
    "Matérn 5/2": matern52,
    "Matérn 1/2": matern12,
}


def covariance(
    a: Tensor, b: Tensor, *, length: float, signal: float, kernel: str = "squared exponential"
) -> Tensor:
    """Return signal^2 k(|a - b| / length) of places a: (N, D) and b: (M, D), as (N, M)."""
    r = (a[:, None] - b[None]).square().sum(-1).sqrt() / length  # (N, M)
    return signal**2 * KERNELS[kernel](r)


def posterior(
    x: Tensor,
    y: Tensor,
    at: Tensor,
    *,
    length: float,
    signal: float,
    noise: float,
    kernel: str = "squared exponential",
) -> tuple[Tensor, Tensor]:
    """Return mean and standard deviation of f at the places `at`, both (M,), in float64.

    x: (N, D), y: (N,) what was measured there; N may be 0.  at: (M, D).  length: of the kernel, in
    units of x.  signal: standard deviation of f before anything is known, so that k(x, x) is
    signal^2.  noise: the variance that is added to the diagonal; the doubt that is returned is of f
    alone.  Raises ValueError where two places are too close for so little noise.
    """
    mean, left = _solve(x, y, at, length, signal, noise, kernel)
    variance = signal**2 - left.square().sum(0)
    return mean, variance.clamp_min(0).sqrt()


def draws(
    x: Tensor,
    y: Tensor,
    at: Tensor,
    count: int,
    *,
    length: float,
    signal: float,
    noise: float,
    kernel: str = "squared exponential",
    generator: torch.Generator,
) -> Tensor:
    """Return functions drawn from the posterior, (count, M): Thompson sampling takes the lowest
    place of one of them.  The other arguments are those of `posterior`.
    """
    mean, left = _solve(x, y, at, length, signal, noise, kernel)
    known = covariance(at.double(), at.double(), length=length, signal=signal, kernel=kernel)
    values, vectors = torch.linalg.eigh(known - left.T @ left)
    root = vectors * values.clamp_min(JITTER * signal**2).sqrt()
    z = torch.randn(len(at), count, dtype=torch.float64, generator=generator)
    return mean + (root @ z).T


def log_likelihood(
    x: Tensor, y: Tensor, *, length: float, signal: float, noise: float,
    kernel: str = "squared exponential",
) -> float:  # fmt: skip
    """Return the log marginal likelihood of y at x, by which lengths can be compared, in nats."""
    factor = _factor(x.double(), length, signal, noise, kernel)
    white = torch.linalg.solve_triangular(factor, y.double()[:, None], upper=False)
    log_root = factor.diagonal().log().sum()
    return -(0.5 * white.square().sum() + log_root + 0.5 * len(y) * math.log(2 * math.pi)).item()


def _factor(x: Tensor, length: float, signal: float, noise: float, kernel: str) -> Tensor:
    """Return the lower Cholesky factor of K + noise I, (N, N)."""
    if not (length > 0 and signal > 0 and noise >= 0):
        raise ValueError(
            f"length and signal must be > 0 and noise >= 0, got {length}, {signal}, {noise}"
        )
    k = covariance(x, x, length=length, signal=signal, kernel=kernel)
    factor, failed = torch.linalg.cholesky_ex(k + noise * torch.eye(len(x), dtype=k.dtype))
    if failed:
        raise ValueError(
            f"Two of the {len(x)} places are too close for a noise of {noise:g}: give it more."
        )
    return factor


def _solve(
    x: Tensor, y: Tensor, at: Tensor, length: float, signal: float, noise: float, kernel: str
) -> tuple[Tensor, Tensor]:
    """Return the mean (M,) and L^-1 k*, (N, M), where L is the Cholesky factor."""
    x, y, at = x.double(), y.double(), at.double()
    factor = _factor(x, length, signal, noise, kernel)
    cross = covariance(x, at, length=length, signal=signal, kernel=kernel)  # (N, M)
    left = torch.linalg.solve_triangular(factor, cross, upper=False)
    white = torch.linalg.solve_triangular(factor, y[:, None], upper=False)
    return (left.T @ white)[:, 0], left
