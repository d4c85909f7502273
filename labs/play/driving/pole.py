"""Pole balancing: a cart that is pushed to the left or to the right so that its pole stays up.

Barto, Sutton & Anderson, "Neuronlike adaptive elements that can solve difficult learning control
problems", 1983, appendix, without friction as in gymnasium's CartPole-v1:

    θ'' = (g sin θ - cos θ (F + m l θ'² sin θ) / M) / (l (4/3 - m cos² θ / M))
    x'' = (F + m l (θ'² sin θ - θ'' cos θ)) / M,      M = m_cart + m

A state is (N, 4): x in metres, x' in m/s, θ in radians from upright, clockwise positive, θ' in 1/s.
"""

import math

import torch
from torch import Tensor

from labs.play.driving.world import Step

GRAVITY, CART, POLE, HALF, FORCE = 9.8, 1.0, 0.1, 0.5, 10.0  # m/s², kg, kg, metres, newtons
SECONDS = 0.02
EDGE, FALLEN = 2.4, math.radians(12)
LONGEST = 500  # decisions
PAID = 0.1  # points a decision: values of about 10, with which a net learns calmly
SCALE = (2.4, 3.0, 0.21, 3.0)  # by which a net is given the state
ROWS, COLUMNS, METRES = 60, 180, 5.4  # of a picture, and how wide its world is


def swing(state: Tensor, force: Tensor, half: float = HALF) -> Tensor:
    """Return the states (N, 4) a fiftieth of a second later, by one step of Euler's method.

    force: (N,) newtons to the right.  half: half of the pole's length, metres.
    """
    x, v, angle, spin = state.unbind(1)
    sin, cos, mass = angle.sin(), angle.cos(), CART + POLE
    pushed = (force + POLE * half * spin.square() * sin) / mass
    bend = (GRAVITY * sin - cos * pushed) / (half * (4 / 3 - POLE * cos.square() / mass))
    speeds = pushed - POLE * half * bend * cos / mass
    return torch.stack(
        [x + SECONDS * v, v + SECONDS * speeds, angle + SECONDS * spin, spin + SECONDS * bend], 1
    )


class Poles:
    """N carts; what `labs.play.driving.world.World` is for cars.  Every decision earns `PAID`."""

    def __init__(self, count: int, generator: torch.Generator) -> None:
        self.count, self.random, self.half = count, generator, HALF
        self.state = torch.zeros(count, 4)
        self.age, self.gone = torch.zeros(count, dtype=torch.long), torch.zeros(count)
        self.begin(torch.ones(count, dtype=torch.bool))

    def begin(self, which: Tensor) -> None:
        """Put carts, (N,) bool, into the middle anew, their poles nearly upright."""
        fresh = torch.rand(self.count, 4, generator=self.random) * 0.1 - 0.05
        self.state = torch.where(which[:, None], fresh, self.state)
        self.age, self.gone = torch.where(which, 0, self.age), torch.where(which, 0.0, self.gone)

    def see(self) -> Tensor:
        """Return what a net is given: (N, 4)."""
        return self.state / torch.tensor(SCALE)

    def step(self, action: Tensor) -> Step:
        """Push every cart; action: (N,), 0 to the left and 1 to the right."""
        self.state = swing(self.state, FORCE * (2.0 * action - 1), self.half)
        self.age, self.gone = self.age + 1, self.gone + 1
        fell = (self.state[:, 0].abs() > EDGE) | (self.state[:, 2].abs() > FALLEN)
        none = torch.zeros(self.count)
        late = (self.age >= LONGEST) & ~fell
        return Step(self.see(), torch.ones(self.count), none, none, fell, late)

    def push(self, speed: float) -> None:
        """Give every cart a push, in m/s."""
        self.state[:, 1] += speed

    @staticmethod
    def of(step: Step) -> Tensor:
        """Return the reward, `PAID` a decision: (N,)."""
        return torch.full_like(step.moved, PAID)


def pictures(state: Tensor, half: float) -> Tensor:
    """Return carts and poles from the side as ink in [0, 1]: (N, ROWS, COLUMNS)."""
    metre = COLUMNS / METRES  # pixels
    x = ((torch.arange(COLUMNS) + 0.5) / metre - METRES / 2)[None, None, :]
    y = ((ROWS - torch.arange(ROWS) - 0.5) / metre - 0.25)[None, :, None]  # 0 at the cart's top
    at, angle = state[:, 0, None, None], state[:, 2, None, None]
    cart = ((x - at).abs() < 0.22) & (y < 0) & (y > -0.2)
    rail = ((y + 0.22).abs() < 0.02) & (x.abs() < EDGE)
    dx, along = x - at, 2 * half
    reach = (dx * angle.sin() + y * angle.cos()).clamp(0, min(along, 1.6))
    away = torch.hypot(dx - reach * angle.sin(), y - reach * angle.cos())
    pole = (1.6 - away * metre).clamp(0, 1)
    return torch.maximum(pole, torch.where(cart, 0.75, torch.where(rail, 0.35, 0.0)))
