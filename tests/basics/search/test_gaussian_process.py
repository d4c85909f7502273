"""The Gaussian process and its acquisition functions, against scikit-learn and integration."""

import math

import pytest
import torch
from scipy import integrate
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import RBF, ConstantKernel, Matern

from labs.basics.search.acquisition import expected_improvement, upper_confidence_bound
from labs.basics.search.gaussian_process import KERNELS, draws, log_likelihood, posterior

HOW = {"length": 0.3, "signal": 1.7, "noise": 0.01}
PEERS = {
    "squared exponential": RBF(0.3, "fixed"),
    "Matérn 5/2": Matern(0.3, "fixed", nu=2.5),
    "Matérn 1/2": Matern(0.3, "fixed", nu=0.5),
}


def some(n=9, m=40, d=2, seed=0):
    g = torch.Generator().manual_seed(seed)
    x, y, at = (torch.randn(size, generator=g, dtype=torch.float64) for size in ((n, d), n, (m, d)))
    return x, 3 * y + 1, at


@pytest.mark.parametrize("kernel", KERNELS)
def test_it_is_scikit_learns(kernel):
    x, y, at = some()
    peer = GaussianProcessRegressor(
        ConstantKernel(1.7**2, "fixed") * PEERS[kernel], alpha=0.01, optimizer=None
    ).fit(x.numpy(), y.numpy())
    mean, std = posterior(x, y, at, **HOW, kernel=kernel)
    known_mean, known_std = map(torch.from_numpy, peer.predict(at.numpy(), return_std=True))
    torch.testing.assert_close(mean, known_mean, rtol=0, atol=1e-9)
    torch.testing.assert_close(std, known_std, rtol=0, atol=1e-9)
    likelihood = log_likelihood(x, y, **HOW, kernel=kernel)
    assert likelihood == pytest.approx(peer.log_marginal_likelihood_value_, abs=1e-9)


def test_nothing_known_is_the_prior():
    mean, std = posterior(torch.zeros(0, 1), torch.zeros(0), torch.rand(5, 1), **HOW)
    assert mean.tolist() == [0] * 5
    torch.testing.assert_close(std, torch.full((5,), 1.7, dtype=torch.float64))


def test_draws_have_the_posteriors_mean_and_doubt():
    x, y, at = some(m=12)
    many = draws(x, y, at, 20_000, **HOW, generator=torch.Generator().manual_seed(1))
    mean, std = posterior(x, y, at, **HOW)
    torch.testing.assert_close(many.mean(0), mean, rtol=0, atol=0.06)
    torch.testing.assert_close(many.std(0), std, rtol=0.04, atol=1e-3)


def test_the_same_place_twice_without_noise_is_refused():
    x = torch.zeros(2, 1)
    with pytest.raises(ValueError, match="too close"):
        posterior(x, torch.ones(2), x, length=1, signal=1, noise=0)
    with pytest.raises(ValueError, match="length"):
        posterior(x, torch.ones(2), x, length=0, signal=1, noise=1)


@pytest.mark.parametrize("best", [-2.0, 0.3, 5.0])
def test_expected_improvement_is_the_integral(best):
    cases = [(0.0, 1.0), (1.3, 0.2), (-4.0, 2.5), (0.3, 1e-3)]
    mean, std = torch.tensor(cases, dtype=torch.float64).T
    found = expected_improvement(mean, std, best)
    for (m, s), ours in zip(cases, found.tolist(), strict=True):

        def gain(f, m=m, s=s):
            return (best - f) * math.exp(-0.5 * ((f - m) / s) ** 2) / s / math.sqrt(2 * math.pi)

        low, high = m - 12 * s, min(best, m + 12 * s)
        known = integrate.quad(gain, low, high, epsabs=1e-12, limit=200)[0] if low < high else 0
        assert ours == pytest.approx(known, abs=1e-9)


def test_expected_improvement_without_doubt_is_what_is_gained():
    mean, std = torch.tensor([1.0, 3.0]), torch.zeros(2)
    assert expected_improvement(mean, std, 2.0).tolist() == [1.0, 0.0]


def test_the_bound_is_at_the_optimistic_end():
    assert upper_confidence_bound(torch.tensor([2.0]), torch.tensor([0.5]), 3).item() == -0.5
