"""A visitor's hand at the wheel: keys that are held, or a pointer that the car follows."""

import math
from dataclasses import dataclass

from torch import Tensor

from labs.live.checks import number
from labs.live.experiment import Event
from labs.play.driving.car import BASE, LOCK
from labs.play.driving.track import HEIGHT, WIDTH

QUICK = 3.0  # full locks a second that keys turn the wheel: a hand is slower than a servo
METRES_A_GAS = 9.0  # of a pointer before the car, beyond which it gives full gas


@dataclass
class Hand:
    """What a hand wants now."""

    turn: float = 0.0  # of keys, in [-1, 1], left positive
    pedal: float = 0.0
    finger: tuple[float, float] | None = None  # where a pointer is held, metres
    wheel: float = 0.0  # how far the keys have turned it by now

    @property
    def active(self) -> bool:
        """Whether it does anything."""
        return self.finger is not None or bool(self.turn or self.pedal)

    def keys(self, event: Event) -> None:
        """Take in which keys are held.  Raises ValueError."""
        turn = number(event.get("turn"), -1, 1, "The turn of the steering wheel")
        pedal = number(event.get("pedal"), -1, 1, "The pedal")
        self.turn, self.pedal = turn, pedal

    def point(self, event: Event) -> None:
        """Take in where the pointer is held.  Raises ValueError."""
        x = number(event.get("x"), 0, WIDTH, "A place's x")
        y = number(event.get("y"), 0, HEIGHT, "A place's y")
        self.finger = x, y

    def lift(self) -> None:
        """Let go."""
        self.turn = self.pedal = 0.0
        self.finger = None

    def drive(self, car: Tensor, seconds: float) -> tuple[float, float]:
        """Return steer and pedal in [-1, 1] for a car (5,) after so many seconds more."""
        if self.finger is not None:
            return self._towards(car)
        reach = QUICK * seconds
        self.wheel += min(max(self.turn - self.wheel, -reach), reach)
        return self.wheel, self.pedal

    def _towards(self, car: Tensor) -> tuple[float, float]:
        x, y, heading, v, _ = car.tolist()
        away = self.finger[0] - x, self.finger[1] - y
        distance = math.hypot(*away)
        alpha = math.remainder(math.atan2(away[1], away[0]) - heading, 2 * math.pi)
        if abs(alpha) > math.pi / 2:
            return math.copysign(1.0, alpha), 0.0 if v > 3 else 0.3
        bend = 2 * math.sin(alpha) / max(distance, 2.0)
        wanted = 14 * min(1.0, max(0.0, distance - 2) / METRES_A_GAS)
        steer, pedal = math.atan(BASE * bend) / LOCK, 0.5 * (wanted - v)
        return min(max(steer, -1.0), 1.0), min(max(pedal, -1.0), 1.0)
