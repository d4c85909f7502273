"""Projections against a general solver's answer, steps against the dual norm."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize

from labs.vision.adversarial.ball import NORMS, norms, project, random_point, steepest


@pytest.mark.parametrize("norm", NORMS)
@given(seed=st.integers(0, 10_000), eps=st.floats(0.01, 3))
def test_a_projection_is_inside_and_leaves_the_inside_alone(norm, seed, eps):
    delta = torch.randn(3, 1, 4, 5, generator=torch.Generator().manual_seed(seed))
    inside = project(delta, eps, norm)
    assert getattr(norms(inside), norm).max() <= eps * (1 + 1e-6) + 3e-7
    torch.testing.assert_close(project(inside, eps, norm), inside, atol=1e-5, rtol=1e-5)
    each = torch.tensor([eps, 2 * eps, 100.0])
    one = project(delta, each, norm)
    torch.testing.assert_close(one[0], inside[0])
    torch.testing.assert_close(one[2], delta[2])


@pytest.mark.parametrize("norm", ["l1", "l2"])
def test_no_point_of_the_ball_is_nearer(norm, rng):
    delta = torch.randn(1, 1, 2, 3, generator=rng, dtype=torch.float64)
    order = 1 if norm == "l1" else 2
    limit = {"type": "ineq", "fun": lambda v: 1 - np.linalg.norm(v, order)}
    target = delta.flatten().numpy()
    best = minimize(lambda v: ((v - target) ** 2).sum(), np.zeros(6), constraints=[limit])
    found = project(delta, 1.0, norm).flatten().numpy()
    np.testing.assert_allclose(found, best.x, atol=1e-3)


@pytest.mark.parametrize("norm", NORMS)
def test_a_step_has_size_one_and_climbs(norm, rng):
    gradient = torch.randn(4, 1, 10, 10, generator=rng)
    at = torch.full_like(gradient, 0.5)
    step = steepest(gradient, at, norm)
    torch.testing.assert_close(getattr(norms(step), norm), torch.ones(4))
    other = random_point(gradient, 1.0, norm, rng)
    gain, elsewhere = ((gradient * s).sum((1, 2, 3)) for s in (step, other))
    assert (gain > elsewhere).all()


def test_an_l1_step_does_not_push_against_the_bounds():
    gradient = torch.zeros(1, 1, 2, 2)
    gradient[0, 0, 0] = torch.tensor([9.0, 1.0])
    at = torch.tensor([[[[1.0, 0.5], [0.5, 0.5]]]])
    assert steepest(gradient, at, "l1").flatten().tolist() == [0, 1, 0, 0]


@pytest.mark.parametrize("norm", NORMS)
def test_random_points_fill_the_ball(norm, rng):
    like = torch.zeros(500, 1, 3, 3)
    size = getattr(norms(random_point(like, 2.0, norm, rng)), norm)
    assert size.max() <= 2 + 1e-5
    # in nine dimensions half of an even draw lies beyond the radius 0.5 ** (1 / 9) = 0.926
    assert abs((size / 2 > 0.5 ** (1 / 9)).float().mean() - 0.5) < 0.08


def test_norms_by_hand():
    delta = torch.tensor([[[[3.0, -4.0], [0.0, 0.0]]]])
    n = norms(delta)
    assert (n.l0.item(), n.l1.item(), n.l2.item(), n.linf.item()) == (2, 7, 5, 4)
