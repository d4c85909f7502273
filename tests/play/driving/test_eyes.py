"""Rays against exact intersections with both edges; the camera against plain projection."""

import math

import torch

from labs.play.driving.eyes import (
    ANGLES,
    COLUMNS,
    GRASS,
    REACH,
    ROAD,
    ROWS,
    SKY,
    camera,
    ground,
    observe,
    rays,
)
from labs.play.driving.presets import LINES, preset
from labs.play.driving.track import HALF
from labs.play.driving.world import World


def exact(track, car):
    """Intersect each ray with each piece of both edges, a straight line each."""
    edges = [track.line + side * HALF * track.across for side in (1, -1)]
    starts = torch.cat(edges).double()
    ways = torch.cat([e.roll(-1, 0) - e for e in edges]).double()
    found = []
    for x, y, heading, *_ in car.double().tolist():
        for angle in ANGLES:
            d = torch.tensor([math.cos(heading + angle), math.sin(heading + angle)]).double()
            a = starts - torch.tensor([x, y]).double()
            cross = d[0] * ways[:, 1] - d[1] * ways[:, 0]
            t = (a[:, 0] * ways[:, 1] - a[:, 1] * ways[:, 0]) / cross
            u = (a[:, 0] * d[1] - a[:, 1] * d[0]) / cross
            hit = (t > 0) & (u >= 0) & (u <= 1)
            found.append(min(t[hit].amin().item(), REACH) if hit.any() else REACH)
    return torch.tensor(found).reshape(len(car), -1)


def test_rays_end_at_the_edge(subtests):
    for name in LINES:
        with subtests.test(name):
            track = preset(name)
            cars = World(track, 40, torch.Generator().manual_seed(1)).cars
            off = (rays(track, cars) - exact(track, cars)).abs()
            assert off.median() < 0.1
            assert (off < 0.3).float().mean() > 0.93  # the others graze an edge


def test_a_car_beyond_the_road_sees_nothing():
    track = preset("oval")
    for place in ([50.0, 33], [-400, 7], [1e6, 1e6]):
        car = torch.tensor([[*place, 0.3, 5, 0]])
        assert rays(track, car).abs().max() == 0
        assert observe(car, rays(track, car)).isfinite().all()
        assert camera(track, car).isfinite().all()


def test_the_camera_sees_the_road_ahead_and_the_sky_above():
    track = preset("oval")
    heading = math.atan2(track.along[0, 1], track.along[0, 0])
    car = torch.tensor([[*track.line[0].tolist(), heading, 5, 0]])
    picture = camera(track, car)
    assert picture.shape == (1, 1, ROWS, COLUMNS)
    assert (picture[0, 0, 0] == SKY).all()
    assert (picture[0, 0, -1, 12:20] == ROAD).all()
    assert (picture[0, 0, 8] == GRASS).any()
    left = camera(
        track, torch.tensor([[*(track.line[0] + 3 * track.across[0]).tolist(), heading, 5, 0]])
    )
    moved = camera(track, car, aside=3.0)
    assert (left == moved).float().mean() > 0.97


def test_pixels_of_the_ground_project_back_to_themselves():
    place, meets = ground()
    from labs.play.driving.eyes import AHEAD, FIELD, TALL, TILT

    focus = COLUMNS / 2 / math.tan(FIELD / 2)
    rows, columns = meets.nonzero().unbind(1)
    forth, left = place[rows, columns].unbind(1)
    forth = forth - AHEAD
    depth = forth * math.cos(TILT) + TALL * math.sin(TILT)
    down = TALL * math.cos(TILT) - forth * math.sin(TILT)
    assert torch.allclose(down / depth * focus + ROWS / 2, rows + 0.5, atol=1e-3)
    assert torch.allclose(-left / depth * focus + COLUMNS / 2, columns + 0.5, atol=1e-3)
