"""A kernel that is learned, one step of gradient descent at a time."""

from collections.abc import Mapping

import torch
import torch.nn.functional as F

from labs.live import Frame
from labs.live.challenges import met
from labs.live.checks import option, shown
from labs.training.course import Course
from labs.vision.convolution import kernels
from labs.vision.convolution.convolve import convolve
from labs.vision.convolution.fit.challenges import CHALLENGES
from labs.vision.convolution.fit.valley import best_momentum, gradient, hessian
from labs.vision.convolution.pictures import luminance, picture
from labs.vision.convolution.received import Rules

SIDE = 96  # pixels of the photo; the valley is as narrow as at 512, and a step is 28 times faster
KEPT = 240  # moments of the curve
OPENING = 20  # steps that are taken before anybody looks
STARTS = tuple(map(str, range(100)))  # random kernels to begin from, as an address names them
CLOSE = 1e-2  # largest difference of a tap at which the kernel counts as found
RULES = Rules(
    options={"target": kernels.NAMES},
    counts={"taps": (2, 5)},
    ranges={"rate": (0.05, 4.0), "momentum": (0.0, 0.999)},
)


class Fit:
    """Gradient descent with momentum on a kernel, one step at a time."""

    challenges = CHALLENGES

    def __init__(self) -> None:
        self.settings: dict[str, str | float] = {
            "target": "sobel_x", "taps": 3, "rate": 1.0, "momentum": 0.97,
        }  # fmt: skip
        small = F.interpolate(luminance(picture("astronaut"))[None], (SIDE, SIDE), mode="area")
        self.x = small[0, 0]
        self.seed = 0
        self.met: set[str] = set()
        self._begin()
        for _ in range(OPENING):
            self.step()

    def _begin(self) -> None:
        """Begin with a new goal, or from the random kernel of this seed again."""
        m = int(self.settings["taps"])
        shape = kernels.Shape(size=m, sigma=1.0, wavelength=4.0)
        self.goal = kernels.preset(str(self.settings["target"]), shape)
        self.target = convolve(self.x[None, None], self.goal[None, None])[0, 0]
        values = torch.linalg.eigvalsh(hessian(self.x, m).double())
        self.steepest = values[-1].item()
        self.condition = (values[-1] / values[0].clamp_min(1e-12)).item()
        generator = torch.Generator().manual_seed(self.seed)
        self.kernel = torch.randn(m, m, generator=generator)
        self.velocity = torch.zeros(m, m)
        self.steps = 0
        self.found: int | None = None  # the step at which the kernel was first within `CLOSE`
        self.history: Course[tuple[int, float, float]] = Course(KEPT)  # step, loss, distance
        self.trouble = ""
        self._look()
        self.turned = self.history[0][:2]  # step and loss when rate or momentum was last changed

    def receive(self, event: Mapping) -> None:
        """Take in a setting, or the start that a link names.  Raises ValueError in one sentence."""
        name = event.get("setting")
        if isinstance(name, str) and name in RULES:
            self.settings[name] = RULES.checked(name, event.get("value"))
            self._turned(begin=name in ("target", "taps"))
        elif name == "best":
            rate, momentum = best_momentum(self.condition)
            self.settings |= {"rate": min(rate, 3.99), "momentum": momentum}
            self._turned(begin=False)
        elif name == "again":
            self._begin()
        elif name == "fresh":
            self.seed = (self.seed + 1) % len(STARTS)
            self._begin()
        elif (event.get("panel"), event.get("kind")) == ("start", "link"):
            self.seed = int(option(event.get("value"), STARTS, "A start"))
            self._begin()
        elif name != "visible":
            raise ValueError(f"The fit has no setting {shown(name)}.")

    def address(self) -> dict[str, str]:
        """Return what a link needs beside the settings: the start, or "" for the first."""
        return {"start": STARTS[self.seed] if self.seed else ""}

    @property
    def distance(self) -> float:
        """The largest difference between a tap and its goal."""
        return (self.kernel - self.goal).abs().max().item()

    def step(self) -> bool:
        """Take one step; False when the kernel is found to 1e-5 or has run away."""
        if self.trouble:
            return False
        rate = float(self.settings["rate"]) / self.steepest
        self.velocity = float(self.settings["momentum"]) * self.velocity - rate * self.slope
        self.kernel = self.kernel + self.velocity
        self.steps += 1
        self._look()
        if not self.distance < 1e6:
            self.trouble = (
                f"At step {self.steps} the kernel has run away: this rate is too large for the "
                "steepest direction of the valley."
            )
            return False
        return self.distance > 1e-5

    def _look(self) -> None:
        """Find the slope here, and note loss and distance."""
        self.slope, loss = gradient(self.x, self.kernel, self.target)
        self.history.note((self.steps, max(loss, 1e-14), max(self.distance, 1e-9)))
        if self.found is None and self.distance < CLOSE:
            self.found = self.steps

    def _turned(self, *, begin: bool) -> None:
        """Go on with other settings, or begin again with another goal."""
        self.turned = self.history[-1][:2]
        if begin:
            self._begin()

    def frame(self) -> Frame:
        """Return goal and kernel, their outputs, and the way so far."""
        output = convolve(self.x[None, None], self.kernel[None, None])[0]
        curve = torch.tensor(self.history.moments).T.contiguous()
        limit = self.target.abs().max().item() or 1.0
        state = f"off by {self.distance:.2g}"
        if self.found is not None:
            state = f"within {CLOSE:g} since step {self.found}"
        self.met = met(self.challenges, self.met, self)
        return Frame(
            maps={"wanted": self.target[None], "made": output},
            values={"goal": self.goal, "learned": self.kernel, "descent": curve},
            notes={
                "settings": self.settings,
                "met": sorted(self.met),
                "address": self.address(),
                "limits": {"wanted": limit, "made": limit},
                "titles": {
                    "learned": state,
                    "goal": f"condition number {self.condition:,.0f}",
                    "descent": self.trouble or f"step {self.steps}",
                },
                "say": self.trouble or f"Step {self.steps}: the kernel is {state}.",
            },
        )
