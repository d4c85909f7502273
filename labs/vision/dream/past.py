"""The dream's past: images to scrub through, and to go on from."""

import math

import torch
from torch import Tensor

from labs.live.checks import whole
from labs.pictures import as_bytes
from labs.training.course import Course

KEPT = 96  # images
POINTS = 256  # of the curve


class Past:
    """The images (1, 3, H, W) of an ascent, as bytes, each with the number of its step."""

    def __init__(self, first: Tensor) -> None:
        self.moments: Course[tuple[int, Tensor]] = Course(KEPT)
        self.moments.note((0, as_bytes(first)))
        # of each step, what the wish was worth before it, and the one outside the mask (or NaN)
        self.values: Course[tuple[int, float, float]] = Course(POINTS)
        self._shown: int | None = None  # index of the moment that is looked at; None: the last
        self.apart = 0  # steps in a row that had a wish outside the mask, too
        self.branches = self.branched_at = 0  # how often, and at which step the last time

    @property
    def at(self) -> int:
        """The index of the moment that is shown."""
        return len(self.moments) - 1 if self._shown is None else self._shown

    @property
    def scrubbed(self) -> bool:
        """Whether an earlier moment than the last is shown."""
        return self._shown is not None

    @property
    def step(self) -> int:
        """The number of the step that made the image that is shown."""
        return self.moments[self.at][0]

    @property
    def image(self) -> Tensor:
        """The image that is shown: (1, 3, H, W) in [0, 1]."""
        return self.bytes.float() / 255

    @property
    def bytes(self) -> Tensor:
        """The same as whole numbers 0..255."""
        return self.moments[self.at][1]

    def add(self, step: int, image: Tensor, value: float, outside: float = math.nan) -> None:
        """Note a step: the image it led to, and the objectives before it."""
        self.values.note((step, value, outside))
        self.apart = 0 if math.isnan(outside) else self.apart + 1
        self.moments.note((step, as_bytes(image)))

    def scrub(self, moment: object) -> None:
        """Show a moment.  Raises ValueError for one that is not there."""
        at = whole(moment, 0, len(self.moments) - 1, "A moment")
        self._shown = None if at == len(self.moments) - 1 else at

    def branch(self) -> int:
        """Forget what came after the moment that is shown; return its step."""
        step = self.step
        self._shown = None
        for course in (self.moments, self.values):
            course.cut(step)
        self.branches, self.branched_at = self.branches + 1, step
        return step

    def curve(self) -> Tensor:
        """Return steps and both values, (3, moments)."""
        return self.values.table() if self.values else torch.zeros(3, 0)
