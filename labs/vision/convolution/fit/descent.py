"""Gradient descent with momentum on a kernel, one step at a time."""

import torch
from torch import Tensor

from labs.training.course import Course
from labs.vision.convolution.convolve import convolve
from labs.vision.convolution.fit.valley import gradient, hessian

KEPT = 256  # moments of the curve
CLOSE = 1e-2  # largest difference of a tap at which the kernel counts as found


class Descent:
    """A random kernel on its way to a goal."""

    def __init__(self, x: Tensor, goal: Tensor, seed: int) -> None:
        """x: (H, W), what both kernels look at.  goal: (m, m)."""
        m = len(goal)
        self.x, self.goal = x, goal
        self.target = convolve(x[None, None], goal[None, None])[0, 0]
        values = torch.linalg.eigvalsh(hessian(x, m).double())
        self.steepest = values[-1].item()
        self.condition = (values[-1] / values[0].clamp_min(1e-12)).item()
        self.kernel = torch.randn(m, m, generator=torch.Generator().manual_seed(seed))
        self.velocity = torch.zeros(m, m)
        self.steps = 0
        self.found: int | None = None  # the step at which the kernel was first within `CLOSE`
        self.history: Course[tuple[int, float, float]] = Course(KEPT)  # step, loss, distance
        self.fault = ""
        self._look()
        self.turn()

    @property
    def distance(self) -> float:
        """The largest difference between a tap and its goal."""
        return (self.kernel - self.goal).abs().max().item()

    def turn(self) -> None:
        """Note that rate or momentum are others from here on."""
        self.turned = self.history[-1][:2]  # step and loss

    def step(self, rate: float, momentum: float) -> bool:
        """Take one step; False when the kernel is found to 1e-5 or has run away.

        rate: in units of 1 / the steepest curvature.
        """
        if self.fault:
            return False
        self.velocity = momentum * self.velocity - rate / self.steepest * self.slope
        self.kernel = self.kernel + self.velocity
        self.steps += 1
        self._look()
        if not self.distance < 1e6:
            self.fault = (
                f"At step {self.steps} the kernel has run away: this rate is too large for the "
                "steepest direction of the valley."
            )
        return not self.fault and self.distance > 1e-5

    def _look(self) -> None:
        """Find the slope here, and note loss and distance."""
        self.slope, loss = gradient(self.x, self.kernel, self.target)
        self.history.note((self.steps, max(loss, 1e-14), max(self.distance, 1e-9)))
        if self.found is None and self.distance < CLOSE:
            self.found = self.steps
