"""Many cars at once on one track: what reinforcement learning calls an environment.

A decision holds for a tenth of a second.  A car that leaves the road has crashed, and begins anew.
"""

import math
from dataclasses import dataclass

import torch
from torch import Tensor

from labs.play.driving.car import WIDE, advance
from labs.play.driving.eyes import observe, rays
from labs.play.driving.track import Track

SECONDS = 0.1  # a decision
SUBSTEPS = 2  # of the car's motion in it
STEER, PEDAL = (1.0, 0.0, -1.0), (1.0, 0.0, -1.0)  # left, straight, right; gas, roll, brake
ACTIONS = tuple((s, p) for s in STEER for p in PEDAL)
PATIENCE = 400  # decisions after which a car begins anew elsewhere


@dataclass(frozen=True)
class Step:
    """What one decision of N cars led to."""

    seen: Tensor  # (N, SEEN) after it, before a car begins anew
    moved: Tensor  # (N,) metres along the lap, backwards negative
    speed: Tensor  # (N,) m/s
    offset: Tensor  # (N,) metres to the left of the middle
    crashed: Tensor  # (N,) bool
    late: Tensor  # (N,) bool: it begins anew without a crash


class World:
    """N cars on a track.  `cars` are (N, 5) as in `labs.play.driving.car`."""

    def __init__(self, track: Track, count: int, generator: torch.Generator,
                 start: str = "anywhere") -> None:  # fmt: skip
        """start: where cars begin: at the line, anywhere, or anywhere and in either direction."""
        self.track, self.count, self.random, self.start = track, count, generator, start
        self.actions = torch.tensor(ACTIONS)
        self.cars = torch.zeros(count, 5)
        self.age = torch.zeros(count, dtype=torch.long)  # decisions since it began
        self.gone = torch.zeros(count)  # metres along the lap since then
        self.place = torch.zeros(count)  # metres along the lap
        self.begin(torch.ones(count, dtype=torch.bool))
        self.age = torch.randint(0, PATIENCE, (count,), generator=generator)  # not all at once
        self.age[0] = 0

    def begin(self, which: Tensor) -> None:
        """Put cars, (N,) bool, on the road anew; the first one always at the line."""
        n = len(self.track.line)
        at = torch.randint(0, n, (self.count,), generator=self.random)
        aside = torch.rand(self.count, generator=self.random) * 3 - 1.5
        turned = torch.rand(self.count, generator=self.random) * 0.6 - 0.3
        speed = torch.rand(self.count, generator=self.random) * 8
        if self.start == "line":
            at = at * 0
        if self.start == "either":
            turned = turned + math.pi * torch.randint(0, 2, turned.shape, generator=self.random)
        at[0], aside[0], turned[0], speed[0] = 0, 0.0, 0.0, 5.0
        xy = self.track.line[at] + aside[:, None] * self.track.across[at]
        along = self.track.along[at]
        heading = torch.atan2(along[:, 1], along[:, 0]) + turned
        fresh = torch.cat([xy, heading[:, None], speed[:, None], torch.zeros(self.count, 1)], 1)
        self.cars = torch.where(which[:, None], fresh, self.cars)
        self.age = torch.where(which, 0, self.age)
        self.gone = torch.where(which, 0.0, self.gone)
        self.place = torch.where(which, self.track.locate(self.cars[:, :2])[1], self.place)

    def see(self) -> Tensor:
        """Return what the cars see now: (N, SEEN)."""
        return observe(self.cars, rays(self.track, self.cars))

    def step(self, action: Tensor) -> Step:
        """Drive for one decision; action: (N,) rows of `ACTIONS`.  Call `begin` for those that
        ended before the next one.
        """
        steer, pedal = self.actions[action].unbind(1)
        for _ in range(SUBSTEPS):
            self.cars = advance(self.cars, steer, pedal, SECONDS / SUBSTEPS)
        _, place, offset = self.track.locate(self.cars[:, :2])
        length = self.track.length
        moved = (place - self.place + length / 2) % length - length / 2
        self.place, self.gone, self.age = place, self.gone + moved, self.age + 1
        crashed = self.track.clear(self.cars[:, :2]) < WIDE
        late = (self.age >= PATIENCE) & ~crashed
        return Step(self.see(), moved, self.cars[:, 3], offset, crashed, late)
