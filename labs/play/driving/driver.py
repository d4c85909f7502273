"""A scripted driver, for a lap without skill: it steers at a point of the road ahead.

Pure pursuit (Coulter, "Implementation of the pure pursuit path tracking algorithm", 1992): the arc
from the rear axle through a point at distance d, seen under the angle α, has the curvature
2 sin(α) / d.
"""

import math

import torch
from torch import Tensor

from labs.play.driving.car import BASE, GRIP, LOCK
from labs.play.driving.track import Track, curvature

CRUISE = 12.0  # m/s where the road is straight
HELD = 0.6  # share of the grip that it uses
SIGHT = 25.0  # metres over which it looks at bends
SLOWS = 3.0  # m/s² by which it brakes for them


def pursue(
    track: Track, car: Tensor, *, wander: Tensor | float = 0.0, cruise: float = CRUISE
) -> tuple[Tensor, Tensor]:
    """Return steer and pedal (N,) in [-1, 1] for cars (N, 5).

    wander: metres to the left of the middle that it aims at, as no hand keeps the middle.
    """
    index, _, _ = track.locate(car[:, :2])
    ahead = 3.0 + 0.45 * car[:, 3]
    at = (index + (ahead / track.spacing).round().long()) % len(track.line)
    goal = track.line[at] + track.across[at] * torch.as_tensor(wander).reshape(-1, 1)
    away = goal - car[:, :2]
    alpha = torch.atan2(away[:, 1], away[:, 0]) - car[:, 2]
    bend = 2 * alpha.sin() / away.norm(dim=1).clamp_min(0.5)
    steer = torch.atan(BASE * bend) / LOCK
    window = torch.arange(0, math.ceil(SIGHT / track.spacing))
    bends = curvature(track.line)[(index[:, None] + window) % len(track.line)].abs()
    allowed = HELD * GRIP / bends.clamp_min(1e-3) + 2 * SLOWS * track.spacing * window
    wanted = allowed.amin(1).sqrt().clamp_max(cruise)  # v² at a bend, and what it loses before
    return steer.clamp(-1, 1), ((wanted - car[:, 3]) * 0.6).clamp(-1, 1)
