"""A class at one task: trained as one net, each becomes what it would have become alone."""

import pytest
import torch

from labs.basics.playground import Playground
from labs.basics.playground.company import alike
from labs.models.dense import OPTIMIZERS
from tests.basics.playground.conftest import preset, train

ROUNDING = 1e-12


def a_class(name: str = "circle", **settings) -> list[Playground]:
    """Five with seeds and learning rates of their own; two of them have trained before."""
    labs = [preset(name, seed=k + 1, learning_rate=0.01 * (k + 1), **settings) for k in range(5)]
    for lab in labs[:2]:
        train(lab, 3)
    return labs


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_each_becomes_what_it_would_alone(optimizer):
    together, alone = a_class(optimizer=optimizer), a_class(optimizer=optimizer)
    for _ in range(8):
        assert Playground.step_all(together) == [lab.step() for lab in alone]
    for one, other in zip(together, alone, strict=True):
        assert (one.run.net.theta - other.run.net.theta).abs().max() < ROUNDING
        assert one.run.history[-1] == pytest.approx(other.run.history[-1], abs=ROUNDING)
        assert (one.steps, one.run.steps) == (other.steps, other.run.steps)


@pytest.mark.parametrize(
    "settings",
    [
        {"l1": 0.01, "l2": 0.01, "max_norm": 1.0},
        {"batch": 7, "schedule": "cosine"},
        {"name": "classes"},
    ],
    ids=lambda settings: next(iter(settings)),
)
def test_so_it_does_with_other_settings(settings):
    together, alone = a_class(**settings), a_class(**settings)
    assert len({alike(lab.run) for lab in together}) == 1
    for _ in range(5):
        assert Playground.step_all(together) == [lab.step() for lab in alone]
    for one, other in zip(together, alone, strict=True):
        assert (one.run.net.theta - other.run.net.theta).abs().max() < ROUNDING


def test_who_trains_on_alone_remembers_its_steps():
    """Momentum and counts of steps come back from the class."""
    together, alone = a_class(optimizer="Adam"), a_class(optimizer="Adam")
    Playground.step_all(together)
    for lab in alone:
        lab.step()
    for one, other in zip(together, alone, strict=True):
        assert train(one, 3).run.optimizer.t == train(other, 3).run.optimizer.t
        assert (one.run.net.theta - other.run.net.theta).abs().max() < ROUNDING


def test_one_whose_numbers_run_away_stops_alone():
    labs = [preset("hot", learning_rate=rate) for rate in (0.001, 0.001, 10.0)]
    assert len({lab.alike for lab in labs}) == 1
    going = next(g for _ in range(500) if not all(g := Playground.step_all(labs)))
    assert going == [True, True, False]
    assert labs[2].run.fault is not None
    assert labs[2].alike is None
    assert all(torch.isfinite(lab.run.net.theta).all() for lab in labs[:2])


@pytest.mark.parametrize(
    ("key", "value"), [("layers", "4,3"), ("activation", "relu"), ("batch", 20), ("l2", 0.01)]
)
def test_another_shape_or_penalty_is_not_alike(key, value):
    one, other = preset("circle"), preset("circle", **{key: value})
    assert one.alike is not None
    assert other.alike not in (None, one.alike)


def test_what_keeps_numbers_of_its_own_trains_by_itself():
    assert preset("circle", dropout=0.3).alike is None
    assert preset("circle", norm="on").alike is None
    frozen = preset("circle")
    frozen.run.net.free = torch.ones_like(frozen.run.net.theta)
    assert frozen.alike is None
    half = preset("circle")
    half.run.step()  # in the middle of an epoch
    assert half.alike is None
    sweeping = preset("circle", sweep_rate=1)
    assert sweeping.alike is None
