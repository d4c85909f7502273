"""Imitation: a net that learns from what a driver saw and did, to do the same.

Pomerleau, "ALVINN: an autonomous land vehicle in a neural network", 1989, a net with one hidden
layer of 29 units; Bojarski et al., "End to end learning for self-driving cars" (DAVE-2), 2016,
https://arxiv.org/abs/1604.07316, convolutions and two cameras at the sides.  Corrections that join
the data where the net leads: Ross et al. 2011 (DAgger), https://arxiv.org/abs/1011.0686.
"""

import math
from dataclasses import dataclass, field

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from labs.play.driving.car import BASE, FASTEST, LOCK
from labs.play.driving.eyes import ANGLES, COLUMNS, REACH, ROWS, camera, rays
from labs.play.driving.track import Track

HIDDEN = 29  # units of ALVINN's layer
ASIDE = 1.2  # metres of the side cameras
BATCH = 64
RATE = 2e-3


class Imitator(nn.Module):
    """What a car sees (N, ...) and its speed (N, 1) -> steer and pedal (N, 2), about [-1, 1]."""

    def __init__(self, eyes: str, generator: torch.Generator) -> None:
        """eyes: rays, dense or convolution; the last two look at the camera."""
        super().__init__()
        pixels = ROWS * COLUMNS
        if eyes == "rays":
            body, size = nn.Sequential(nn.Linear(len(ANGLES), 32), nn.Tanh()), 32
        elif eyes == "dense":
            body, size = nn.Sequential(nn.Flatten(), nn.Linear(pixels, HIDDEN), nn.Tanh()), HIDDEN
        else:
            body = nn.Sequential(
                nn.Conv2d(1, 8, 5, 2), nn.ReLU(), nn.Conv2d(8, 16, 3, 2), nn.ReLU(), nn.Flatten()
            )
            size = 16 * 4 * 6
        self.body = body
        self.head = nn.Sequential(nn.Linear(size + 1, 32), nn.Tanh(), nn.Linear(32, 2))
        if eyes == "dense":
            self.head = nn.Sequential(nn.Linear(size + 1, 2))
        for p in self.parameters():
            if p.dim() > 1:
                nn.init.xavier_uniform_(p, generator=generator)
            else:
                nn.init.zeros_(p)

    def forward(self, seen: Tensor, speed: Tensor) -> Tensor:
        """Return where the steering wheel and the pedal shall be."""
        return self.head(torch.cat([self.body(seen), speed], 1))


def look(track: Track, car: Tensor, eyes: str, aside: float = 0.0) -> Tensor:
    """Return what cars (N, 5) see: (N, rays) in [0, 1], or (N, 1, ROWS, COLUMNS) in [-1, 1].

    aside: metres by which the eyes stand to the left of where they are.
    """
    if eyes != "rays":
        return 2 * camera(track, car, aside) - 1
    if aside:
        left = torch.stack([-car[:, 2].sin(), car[:, 2].cos()], 1)
        car = torch.cat([car[:, :2] + aside * left, car[:, 2:]], 1)
    return (rays(track, car) / REACH).sqrt()


def recovery(aside: float, speed: Tensor) -> Tensor:
    """Return by how much steer (N,) is less for a car that is `aside` metres too far to the left:
    an arc back to the driver's line, which it meets where the scripted driver looks.
    """
    ahead = 3.0 + 0.45 * speed
    return torch.atan(BASE * 2 * aside / ahead.square()) / LOCK


@dataclass
class Memory:
    """What was seen and done, decision by decision."""

    eyes: str = "rays"
    shifted: bool = False  # whether every decision is seen from both sides, too
    tracks: list[Track] = field(default_factory=list)
    which: list[int] = field(default_factory=list)  # the track of each decision
    cars: list[Tensor] = field(default_factory=list)  # (5,) each
    done: list[Tensor] = field(default_factory=list)  # (2,) steer and pedal each
    seen: list[Tensor] = field(default_factory=list)
    speed: list[float] = field(default_factory=list)
    label: list[Tensor] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.cars)

    def add(self, track: Track, car: Tensor, steer: float, pedal: float) -> None:
        """Remember one decision; car: (5,)."""
        if not self.tracks or self.tracks[-1] is not track:
            self.tracks.append(track)
        self.which.append(len(self.tracks) - 1)
        self.cars.append(car)
        self.done.append(car.new_tensor([steer, pedal]))
        self._see(track, car[None], self.done[-1][None])

    def _see(self, track: Track, cars: Tensor, done: Tensor) -> None:
        for aside in (0.0, ASIDE, -ASIDE) if self.shifted else (0.0,):
            off = recovery(aside, cars[:, 3])
            self.seen += look(track, cars, self.eyes, aside).unbind(0)
            self.label += torch.stack([(done[:, 0] - off).clamp(-1, 1), done[:, 1]], 1).unbind(0)
            self.speed += (cars[:, 3] / FASTEST).tolist()

    def drop(self, count: int) -> None:
        """Forget the last decisions."""
        count = min(count, len(self))
        sides = 3 if self.shifted else 1
        for kept, n in ((self.which, 1), (self.cars, 1), (self.done, 1), (self.seen, sides),
                        (self.speed, sides), (self.label, sides)):  # fmt: skip
            del kept[len(kept) - count * n :]

    def again(self, eyes: str, shifted: bool) -> None:
        """See everything with other eyes."""
        self.eyes, self.shifted = eyes, shifted
        self.seen, self.label, self.speed = [], [], []
        if not self.cars:
            return
        which, cars, done = torch.tensor(self.which), torch.stack(self.cars), torch.stack(self.done)
        for k, track in enumerate(self.tracks):
            self._see(track, cars[which == k], done[which == k])

    def draw(
        self, count: int, mirrored: bool, generator: torch.Generator
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Return seen, speed (N, 1) and what was done (N, 2), drawn at random.

        mirrored: half of them are seen in a mirror, where left is right.
        """
        at = torch.randint(0, len(self.seen), (count,), generator=generator).tolist()
        seen = torch.stack([self.seen[i] for i in at])
        label = torch.stack([self.label[i] for i in at])
        if mirrored:
            half = count // 2
            seen = torch.cat([seen[:half].flip(-1), seen[half:]])
            label = torch.cat([label[:half] * label.new_tensor([-1.0, 1.0]), label[half:]])
        return seen, seen.new_tensor([self.speed[i] for i in at])[:, None], label


class Apprentice:
    """A net that learns from a memory, an optimizer step at a time."""

    def __init__(self, eyes: str, generator: torch.Generator) -> None:
        self.eyes, self.random = eyes, generator
        self.net = Imitator(eyes, generator)
        self.optimizer = torch.optim.Adam(self.net.parameters(), lr=RATE)
        self.loss, self.updates = math.nan, 0

    def learn(self, memory: Memory, mirrored: bool) -> None:
        """Take one optimizer step on what was seen and done: the mean squared error falls."""
        seen, speed, label = memory.draw(BATCH, mirrored, self.random)
        loss = F.mse_loss(self.net(seen, speed), label)
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()
        self.loss, self.updates = loss.item(), self.updates + 1

    @torch.no_grad()
    def drive(self, track: Track, cars: Tensor) -> Tensor:
        """Return steer and pedal (N, 2) for cars (N, 5)."""
        return self.net(look(track, cars, self.eyes), cars[:, 3:4] / FASTEST).clamp(-1, 1)

    def attention(self, track: Track, car: Tensor) -> Tensor:
        """Return the gradient of steer by what a car (5,) sees: (rays,) or (ROWS, COLUMNS)."""
        seen = look(track, car[None], self.eyes).requires_grad_()
        steer = self.net(seen, car[None, 3:4] / FASTEST)[0, 0]
        (slope,) = torch.autograd.grad(steer, seen)
        return slope[0] if self.eyes == "rays" else slope[0, 0]
