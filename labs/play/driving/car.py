"""A car as a bicycle: one wheel in front that steers, one behind that follows.

    x' = v cos θ,   y' = v sin θ,   θ' = v κ,   κ = tan(δ) / L

The kinematic bicycle model (Rajamani, "Vehicle Dynamics and Control", 2012, section 2.2) with the
rear axle as its place, and two limits of our own: the steering wheel turns at a finite rate, and
the tyres hold v² |κ| of at most `GRIP`, so that a car that is too fast runs wide.

A state is (N, 5): x, y in metres, heading θ in radians, speed v in m/s, steering wheel in [-1, 1],
left positive.
"""

import math

import torch
from torch import Tensor

BASE = 2.5  # metres between the axles, L
LOCK = math.radians(30)  # the front wheel's angle δ at full lock
TURN = 5.0  # full locks a second that the steering wheel is turned
FASTEST = 18.0  # m/s
PUSH, BRAKE, DRAG = 5.0, 9.0, 0.1  # m/s² of full gas and full brake, and 1/s
GRIP = 9.0  # m/s², across
WIDE = 0.9  # metres from a car's middle to its side


def advance(car: Tensor, steer: Tensor, pedal: Tensor, seconds: float) -> Tensor:
    """Return the states (N, 5) after so many seconds.

    steer: (N,) in [-1, 1], where the steering wheel shall be, left positive.  pedal: (N,) in
    [-1, 1], gas above 0 and brake below.  A car that is braked stops; it has no reverse gear.
    """
    x, y, heading, v, wheel = car.unbind(1)
    reach = TURN * seconds
    wheel = wheel + (steer.clamp(-1, 1) - wheel).clamp(-reach, reach)
    pedal = pedal.clamp(-1, 1)
    push = torch.where(pedal > 0, PUSH * pedal, BRAKE * pedal) - DRAG * v
    after = (v + seconds * push).clamp(0, FASTEST)
    way = seconds * (v + after) / 2
    turn = way * bends(wheel, after)
    middle = heading + turn / 2  # of the step: second order in its length
    return torch.stack(
        [x + way * middle.cos(), y + way * middle.sin(), heading + turn, after, wheel], 1
    )


def bends(wheel: Tensor, v: Tensor) -> Tensor:
    """Return the curvature κ of a car's way, 1/m: what the wheel asks for and the tyres hold."""
    most = GRIP / v.square().clamp_min(1e-6)
    return torch.maximum(torch.minimum(torch.tan(LOCK * wheel) / BASE, most), -most)
