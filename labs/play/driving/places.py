"""What a learner makes of every place of a track: its value, and where its policy leads."""

from functools import lru_cache
from typing import NamedTuple

import torch
from torch import Tensor

from labs.play.driving.car import FASTEST, LOCK
from labs.play.driving.eyes import observe, rays
from labs.play.driving.track import HALF, Track, places
from labs.play.driving.world import ACTIONS

COARSE = 2.0  # metres of a cell of the field
BESIDE = 2.0  # metres beyond the road's edge that get the edge's value, so that a picture is whole
EDGE = 1.2  # metres from the edge that a car keeps whose value is asked for
EVERY, LANES = 5.0, (-2.2, 0.0, 2.2)  # metres between arrows along the road, and across it
LEAST, MOST = 0.8, 2.6  # metres of an arrow: full brake, full gas


class Places(NamedTuple):
    """Cars that look along the road, at many places of it."""

    seen: Tensor  # (N, SEEN), at a speed of 0
    cars: Tensor  # (N, 5)

    def at(self, speed: float) -> Tensor:
        """Return what they see at a speed in m/s: (N, SEEN)."""
        seen = self.seen.clone()
        seen[:, -2] = speed / FASTEST
        return seen


def _places(track: Track, index: Tensor, offset: Tensor) -> Places:
    along = track.along[index]
    xy = track.line[index] + offset[:, None] * track.across[index]
    heading = torch.atan2(along[:, 1], along[:, 0])[:, None]
    cars = torch.cat([xy, heading, torch.zeros(len(xy), 2)], 1)
    return Places(observe(cars, rays(track, cars)), cars)


@lru_cache(16)
def cells(track: Track) -> tuple[Tensor, Places]:
    """Return which cells of the world lie on the road or beside it, (rows, columns) with row 0 at
    y = 0, and the places that stand for them.
    """
    middles = places(COARSE)
    index, _, offset = track.locate(middles)
    on = offset.abs() < HALF + BESIDE
    reach = HALF - EDGE
    return on, _places(track, index[on], offset[on].clamp(-reach, reach))


@lru_cache(16)
def lanes(track: Track) -> Places:
    """Return places along the road, in its lanes, where arrows stand."""
    index = torch.linspace(0, len(track.line), max(8, round(track.length / EVERY)) + 1)[:-1].long()
    pairs = torch.cartesian_prod(index.float(), torch.tensor(LANES))
    return _places(track, pairs[:, 0].long(), pairs[:, 1])


def field(track: Track, values: Tensor) -> Tensor:
    """Return the values of `cells` as a picture (1, rows, columns), row 0 the upper edge."""
    on, _ = cells(track)
    picture = torch.zeros(on.shape)
    picture[on] = values
    return picture.flip(0)[None]


def arrows(track: Track, preferences: Tensor) -> Tensor:
    """Return what a policy does at `lanes` as (4, N): x, y, and where it leads.

    preferences: (N, actions), shares of each action.  Steering turns an arrow by the front wheel's
    angle, gas makes it long.
    """
    cars = lanes(track).cars
    steer, pedal = (preferences @ torch.tensor(ACTIONS)).unbind(1)
    angle = cars[:, 2] + LOCK * steer
    length = LEAST + (MOST - LEAST) * (pedal + 1) / 2
    return torch.stack([cars[:, 0], cars[:, 1], length * angle.cos(), length * angle.sin()])
