"""The pole: another integration of the same equations, its limits, and that it is learned."""

import math

import pytest
import torch

from labs.play.driving import Pole
from labs.play.driving.pole import EDGE, FALLEN, FORCE, LONGEST, Poles, pictures, swing


def lagrange(x, v, angle, spin, force, m=0.1, cart=1.0, half=0.5, g=9.8):
    """Solve the two equations of motion of a rod on a cart for both accelerations."""
    inertia = m * half**2 / 3  # of a rod about its middle
    a = torch.tensor([[cart + m, m * half * math.cos(angle)],
                      [m * half * math.cos(angle), inertia + m * half**2]])  # fmt: skip
    b = torch.tensor([force + m * half * spin**2 * math.sin(angle), m * g * half * math.sin(angle)])
    return torch.linalg.solve(a.double(), b.double()).tolist()


def test_accelerations_are_those_of_lagranges_equations():
    states = torch.tensor([[0.3, -0.4, 0.1, 0.7], [-1.0, 2.0, -0.2, -1.5], [0.0, 0.0, 0.0, 0.0]])
    for force in (FORCE, -FORCE, 3.0):
        after = swing(states.double(), torch.full((3,), force).double())
        for (x, v, angle, spin), new in zip(states.tolist(), after.tolist(), strict=True):
            pushed, bent = lagrange(x, v, angle, spin, force)
            expected = [x + 0.02 * v, v + 0.02 * pushed, angle + 0.02 * spin, spin + 0.02 * bent]
            assert new == pytest.approx(expected, abs=1e-6)


def test_a_pole_falls_and_begins_anew():
    poles = Poles(8, torch.Generator().manual_seed(0))
    lives = []
    for _ in range(60):
        step = poles.step(torch.ones(8, dtype=torch.long))
        lives += poles.age[step.crashed].tolist()
        assert ((poles.state[:, 2].abs() > FALLEN) | (poles.state[:, 0].abs() > EDGE))[
            step.crashed
        ].all()
        poles.begin(step.crashed)
    assert lives
    assert 7 <= min(lives) <= max(lives) <= 12  # as always pushing to one side takes in CartPole
    poles.age[:] = LONGEST - 1
    assert poles.step(torch.zeros(8, dtype=torch.long)).late.any()


def test_it_is_learned():
    lab = Pole()
    for _ in range(2500):
        lab.step()
    assert lab.mean > 100  # who pushes at random falls after some twenty


def test_pictures_show_the_lean():
    left, right = pictures(torch.tensor([[0, 0, -0.2, 0], [0, 0, 0.2, 0.0]]), 0.5)
    assert torch.allclose(left, right.flip(1), atol=1e-4)
    columns = torch.arange(left.shape[1]).float()
    top = right[:25].sum(0)
    assert (top * columns).sum() / top.sum() > left.shape[1] / 2
