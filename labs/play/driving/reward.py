"""The reward: what a decision earns, as weights that a visitor may change."""

from dataclasses import dataclass

import torch
from torch import Tensor

from labs.play.driving.track import HALF
from labs.play.driving.world import SECONDS, Step


@dataclass(frozen=True)
class Reward:
    """Points by what they are for.  A weight of 0 takes the term out."""

    progress: float = 0.1  # a metre along the lap; backwards costs as much
    gain: float = 0.0  # a metre forwards; backwards is free
    speed: float = 0.0  # a metre driven, wherever to
    middle: float = 0.0  # a second in the middle of the road, 0 at its edge
    time: float = 0.0  # a second that goes by
    crash: float = -2.0

    def of(self, step: Step) -> Tensor:
        """Return what each car earned by a decision: (N,)."""
        return sum(self.terms(step).values(), torch.zeros_like(step.moved))

    def terms(self, step: Step) -> dict[str, Tensor]:
        """Return the parts of it by name, each (N,)."""
        centred = (1 - (step.offset / HALF).square()).clamp_min(0)
        return {
            "progress": self.progress * step.moved,
            "gain": self.gain * step.moved.clamp_min(0),
            "speed": self.speed * step.speed * SECONDS,
            "middle": self.middle * SECONDS * centred,
            "time": torch.full_like(step.moved, self.time * SECONDS),
            "crash": self.crash * step.crashed,
        }
