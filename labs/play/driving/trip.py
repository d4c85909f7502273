"""One car's trip in real time: where it is, how far it came, and where it left the road."""

import math
from collections import deque
from dataclasses import dataclass

import torch
from torch import Tensor

from labs.play.driving.car import WIDE, advance
from labs.play.driving.track import Track

TICK = 1 / 30  # seconds
TRAIL = 900  # ticks that are drawn
MARKS = 12  # places where it left the road


@dataclass(frozen=True)
class Lap:
    """A lap that was driven from end to end."""

    driver: str  # you, script or net: who had the wheel all the time
    seconds: float
    exits: int  # how often the car left the road
    helped: float  # seconds in which somebody else than `driver` had the wheel


class Trip:
    """A car on a track; it is put back on the road where it leaves it."""

    def __init__(self, track: Track) -> None:
        self.track = track
        self.trail: deque[tuple[float, float, int]] = deque(maxlen=TRAIL)  # x, y, who drove
        self.left: deque[tuple[float, float]] = deque(maxlen=MARKS)
        self.car = torch.zeros(5)
        self.place = 0.0
        self.put(0)
        self.begin("")

    def put(self, index: int) -> None:
        """Put the car into the middle of the road, at a point of the line, rolling."""
        x, y = self.track.line[index].tolist()
        along = self.track.along[index].tolist()
        self.car = torch.tensor([x, y, math.atan2(along[1], along[0]), 3.0, 0.0])
        self.place = float(self.track.locate(self.car[:2])[1])

    def begin(self, driver: str) -> None:
        """Count a lap from here on."""
        self.driver, self.gone, self.seconds, self.exits, self.helped = driver, 0.0, 0.0, 0, 0.0

    @property
    def offset(self) -> float:
        """Metres to the left of the middle."""
        return float(self.track.locate(self.car[:2])[2])

    def drive(self, steer: float, pedal: float, who: int, helped: bool) -> tuple[bool, Lap | None]:
        """Drive for a tick; return whether the car left the road, and a lap that is complete."""
        wheel = torch.tensor([[steer], [pedal]])
        self.car = advance(self.car[None], wheel[0], wheel[1], TICK)[0]
        index, place, _ = self.track.locate(self.car[:2])
        length = self.track.length
        self.gone += (float(place) - self.place + length / 2) % length - length / 2
        self.place, self.seconds = float(place), self.seconds + TICK
        self.helped += TICK * helped
        off = bool(self.track.clear(self.car[:2]) < WIDE)
        x, y = self.car[:2].tolist()
        self.trail.append((x, y, who))
        if off:
            self.left.append((x, y))
            self.exits += 1
            self.put(int(index))
            self.trail.append((math.nan, math.nan, who))
        lap = None
        if self.gone >= length:
            lap = Lap(self.driver, self.seconds, self.exits, self.helped)
            self.begin(self.driver)
        return off, lap

    def trails(self) -> Tensor:
        """Return the trail as (3, T): x, y, who drove."""
        return torch.tensor(self.trail, dtype=torch.float32).reshape(-1, 3).T.contiguous()

    def marks(self) -> Tensor:
        """Return where it left the road as (3, N): x, y and a strength, the newest 1."""
        rows = [(x, y, (k + 1) / len(self.left)) for k, (x, y) in enumerate(self.left)]
        return torch.tensor(rows, dtype=torch.float32).reshape(-1, 3).T.contiguous()
