"""The bicycle: circles, limits, and an integration in much smaller steps."""

import math

import pytest
import torch

from labs.play.driving.car import BASE, FASTEST, GRIP, LOCK, PUSH, advance

STILL = torch.zeros(1, 5)


def drive(car, steer, pedal, seconds, step=0.05):
    for _ in range(round(seconds / step)):
        car = advance(car, torch.tensor([steer]), torch.tensor([pedal]), step)
    return car


def test_a_slow_car_drives_the_circle_of_its_front_wheel():
    radius = BASE / math.tan(LOCK)
    car = torch.tensor([[0.0, -radius, 0.0, 1.0, 1.0]])
    places = []
    for _ in range(200):
        places.append(car[0, :2])
        car = advance(car, torch.ones(1), torch.full((1,), 0.1 / PUSH), 0.02)  # against the drag
    assert torch.stack(places).norm(dim=1) == pytest.approx(radius, rel=0.01)


def test_a_fast_car_is_held_by_its_tyres_only():
    car = drive(torch.tensor([[0.0, 0, 0, 15, 1]]), 1.0, 1.0, 1.0, 0.01)
    before = car[0, 2].item()
    after = advance(car, torch.ones(1), torch.ones(1), 0.001)[0]
    turned = (after[2].item() - before) / 0.001
    assert after[3].item() * turned == pytest.approx(GRIP, rel=0.01)


def test_gas_brake_and_the_ends_of_both():
    assert drive(STILL, 0.0, 1.0, 60)[0, 3].item() == pytest.approx(FASTEST)
    assert drive(drive(STILL, 0.0, 1.0, 3), 0.0, -1.0, 5)[0, 3].item() == 0
    assert drive(STILL, 0.0, -1.0, 5)[0].tolist() == [0] * 5  # no reverse gear
    wild = advance(STILL, torch.tensor([7.0]), torch.tensor([9.0]), 0.05)
    assert torch.equal(wild, advance(STILL, torch.ones(1), torch.ones(1), 0.05))


def test_left_is_left():
    car = drive(torch.tensor([[0.0, 0, 0, 8, 0]]), 0.5, 0.2, 1.0)
    assert car[0, 1] > 0.5
    assert car[0, 2] > 0.1


def test_a_step_is_close_to_many_small_ones():
    car = torch.tensor([[3.0, 4.0, 0.4, 9.0, -0.2]])
    ends = [drive(car, 0.4, 0.3, 3.0, step)[0, :2] for step in (0.05, 0.025, 0.0005)]
    coarse, half = ((end - ends[-1]).norm().item() for end in ends[:2])
    assert coarse < 0.7  # metres, after 30
    assert half == pytest.approx(coarse / 2, rel=0.2)
