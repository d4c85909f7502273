"""Sixty-four cars: what a decision returns, beginnings, rewards by their definition."""

import torch

from labs.play.driving.presets import preset
from labs.play.driving.reward import Reward
from labs.play.driving.track import HALF
from labs.play.driving.world import ACTIONS, PATIENCE, SECONDS, World

RIGHT, ROLL = ACTIONS.index((-1.0, 1.0)), ACTIONS.index((0.0, 0.0))


def world(**more) -> World:
    return World(preset("bean"), 64, torch.Generator().manual_seed(2), **more)


def test_the_same_seed_drives_the_same_way():
    one, two = world(), world()
    for _ in range(20):
        step = one.step(torch.full((64,), RIGHT))
        one.begin(step.crashed)
        two.begin(two.step(torch.full((64,), RIGHT)).crashed)
    assert torch.equal(one.cars, two.cars)


def test_all_begin_on_the_road_and_the_first_at_the_line():
    cars = world()
    _, place, offset = cars.track.locate(cars.cars[:, :2])
    assert (offset.abs() < HALF).all()
    assert place.std() > 20
    assert min(place[0].item(), cars.track.length - place[0].item()) < 0.5
    line = world(start="line")
    assert (line.cars[:, :2] - line.track.line[0]).norm(dim=1).max() < 1.6


def test_a_car_that_always_steers_right_crashes_and_begins_anew():
    cars = world()
    crashed = torch.zeros(64, dtype=torch.bool)
    for _ in range(60):
        step = cars.step(torch.full((64,), RIGHT))
        crashed |= step.crashed
        cars.begin(step.crashed)
        assert (cars.age[step.crashed] == 0).all()
        assert (cars.gone[step.crashed] == 0).all()
    assert crashed.float().mean() > 0.8


def test_what_was_moved_adds_up_to_the_way_along_the_lap():
    cars = world()
    total = torch.zeros(64)
    for _ in range(10):
        total += cars.step(torch.full((64,), ROLL)).moved
    assert torch.allclose(total, cars.gone, atol=1e-4)
    assert (total.abs() < 10 * SECONDS * 12).all()


def test_patience_ends():
    cars = world()
    cars.age[:] = PATIENCE - 1
    step = cars.step(torch.full((64,), ROLL))
    assert (step.late != step.crashed).all()


def test_a_reward_is_the_sum_of_its_terms():
    cars = world()
    step = cars.step(torch.full((64,), RIGHT))
    r = Reward(progress=0.2, gain=0.5, speed=0.3, middle=0.7, time=-1.0, crash=-4.0)
    expected = (0.2 * step.moved + 0.5 * step.moved.clamp(min=0) + 0.3 * SECONDS * step.speed
                + 0.7 * SECONDS * (1 - (step.offset / HALF) ** 2).clamp(min=0) - SECONDS
                - 4.0 * step.crashed.float())  # fmt: skip
    assert torch.allclose(r.of(step), expected, atol=1e-5)
    assert torch.equal(Reward(0, 0, 0, 0, 0, 0).of(step), torch.zeros(64))
