"""A car's eyes: distances along a few rays, or a small picture of the road ahead.

Rays are followed by sphere tracing (Hart 1996): a step as long as the edge is away cannot jump over
it.  The camera is a pinhole over flat ground, so each pixel below the horizon is one place on it.
"""

import math
from functools import lru_cache

import torch
from torch import Tensor

from labs.play.driving.car import FASTEST
from labs.play.driving.track import FINE, Track

ANGLES = tuple(math.radians(a) for a in (-90, -60, -35, -15, 0, 15, 35, 60, 90))  # left positive
REACH = 40.0  # metres
FOLLOWED = 18  # steps along a ray
SEEN = len(ANGLES) + 2  # numbers of an observation
ROWS, COLUMNS = 24, 32  # pixels of the camera
TALL, AHEAD = 2.2, 1.0  # metres of the camera over the ground, and before the rear axle
TILT, FIELD = math.radians(14), math.radians(80)  # down, and from the left edge to the right
GRASS, ROAD, PAINT, SKY = 0.25, 0.55, 1.0, 0.85  # brightness in [0, 1]
STRIPE = 0.5  # metres of the painted line at the road's edge


def rays(track: Track, car: Tensor) -> Tensor:
    """Return the metres from cars (N, 5) to the road's edge along `ANGLES`: (N, rays), at most
    `REACH`, 0 beyond the edge.  They are right to 0.2 m, or a little more where a ray grazes.
    """
    angle = car[:, 2:3] + car.new_tensor(ANGLES)
    way_x, way_y = angle.cos() / FINE, angle.sin() / FINE  # cells a metre
    x, y = (track.held(car[:, :2]) / FINE).T[:, :, None]
    gone, flat, columns = torch.zeros_like(angle), track.steps.flatten(), track.steps.shape[1]
    for _ in range(FOLLOWED):
        column, row = torch.addcmul(x, gone, way_x).long(), torch.addcmul(y, gone, way_y).long()
        gone = gone + flat.take(column.add_(row, alpha=columns))
    return gone.clamp_max(REACH)


def observe(car: Tensor, seen: Tensor) -> Tensor:
    """Return what a net is given of cars (N, 5) that see `seen` (N, rays): (N, SEEN) in [-1, 1].

    Distances go in as their square roots: near ones matter more.  Then speed and steering wheel.
    """
    return torch.cat([(seen / REACH).sqrt(), car[:, 3:4] / FASTEST, car[:, 4:5]], 1)


@lru_cache(None)
def ground() -> tuple[Tensor, Tensor]:
    """Return where each pixel of the camera meets the ground, ahead and to the left of the rear
    axle in metres, (ROWS, COLUMNS, 2), and which pixels do, (ROWS, COLUMNS).
    """
    focus = COLUMNS / 2 / math.tan(FIELD / 2)  # pixels
    down = (torch.arange(ROWS) + 0.5 - ROWS / 2) / focus
    left = -(torch.arange(COLUMNS) + 0.5 - COLUMNS / 2) / focus
    fall = math.sin(TILT) + down * math.cos(TILT)  # of a line of sight, per unit of depth
    forth = math.cos(TILT) - down * math.sin(TILT)
    meets = fall > TALL / 60  # what is nearer than 60 m
    depth = TALL / fall.clamp_min(1e-3)
    ahead = (AHEAD + depth * forth)[:, None].expand(ROWS, COLUMNS)
    place = torch.stack([ahead, depth[:, None] * left], 2)
    return place, meets[:, None].expand(ROWS, COLUMNS)


def camera(track: Track, car: Tensor, aside: float = 0.0) -> Tensor:
    """Return what cars (N, 5) see: (N, 1, ROWS, COLUMNS) in [0, 1], the sky at the top.

    aside: metres by which the camera is moved to the left, as DAVE-2's side cameras are.
    """
    place, meets = ground()
    forth, left = place[..., 0], place[..., 1] + aside
    cos, sin = car[:, 2].cos()[:, None, None], car[:, 2].sin()[:, None, None]
    x = car[:, 0, None, None] + cos * forth - sin * left
    y = car[:, 1, None, None] + sin * forth + cos * left
    clear = track.clear(torch.stack([x, y], 3))
    shade = torch.where(clear > 0, ROAD, GRASS)
    shade = torch.where(clear.abs() < STRIPE, PAINT, shade)
    return torch.where(meets, shade, SKY)[:, None]


def beams(car: Tensor, seen: Tensor) -> Tensor:
    """Return where the rays of one car (5,) end: (rays, 2) in metres."""
    angle = car[2] + car.new_tensor(ANGLES)
    return car[:2] + seen[:, None] * torch.stack([angle.cos(), angle.sin()], 1)
