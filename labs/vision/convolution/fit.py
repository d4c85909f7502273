"""Deep learning learns the filters: a random kernel fitted to what a preset makes of a photo.

The loss is a bowl, the mean squared difference of the two outputs, so everything about the descent
is known: its Hessian is the correlation of the photo's pixels with their neighbours.  Neighbouring
pixels of a photo are nearly equal, the bowl is a narrow valley, and plain gradient descent crawls
along its floor; momentum does not.  Polyak, "Some methods of speeding up the convergence of
iteration methods" (1964), https://doi.org/10.1016/0041-5553(64)90137-5
"""

from collections.abc import Mapping

import torch
import torch.nn.functional as F
from torch import Tensor

from labs.live import Frame
from labs.live.checks import number, option, rounded, shown
from labs.vision.convolution import kernels
from labs.vision.convolution.convolve import convolve
from labs.vision.convolution.pictures import luminance, picture

SIDE = 96  # pixels of the photo; the valley is as narrow as at 512, and a step is 28 times faster
POINTS = 240  # of the curve
OPENING = 20  # steps that are taken before anybody looks
RATES, MOMENTA, SIZES = (0.05, 4.0), (0.0, 0.999), (2, 5)
CLOSE = 1e-2  # largest difference of a tap at which the kernel counts as found


def gradient(x: Tensor, kernel: Tensor, target: Tensor) -> tuple[Tensor, float]:
    """Return the gradient (m, m) of the mean squared error at `kernel`, and that error.

    x: (H, W).  target: (H - m + 1, W - m + 1), what the output should be.  The gradient is itself
    a cross-correlation: of the input with the error.
    """
    error = convolve(x[None, None], kernel[None, None])[0, 0] - target
    slope = correlate(x, error, len(kernel))
    return 2 * slope / error.numel(), error.square().mean().item()


def correlate(x: Tensor, error: Tensor, m: int) -> Tensor:
    """Return the cross-correlation (m, m) of x: (H, W) with error: (H - m + 1, W - m + 1).

    The error is a kernel almost as large as the input: few places, many taps.
    """
    height, width = error.shape
    rows = [(x[u : u + height, v : v + width] * error).sum() for u in range(m) for v in range(m)]
    return torch.stack(rows).view(m, m)


def hessian(x: Tensor, m: int) -> Tensor:
    """Return the Hessian (m m, m m) of that error: the correlation of all shifts of x: (H, W)."""
    windows = F.unfold(x[None, None], m)[0]  # (m m, places)
    return 2 * windows @ windows.T / windows.shape[1]


def best_momentum(condition: float) -> tuple[float, float]:
    """Return the rate (in units of 1 / the largest eigenvalue) and the momentum that are fastest
    on a bowl of this condition number (Polyak).
    """
    root = condition**0.5
    return (2 * root / (root + 1)) ** 2, ((root - 1) / (root + 1)) ** 2


class Fit:
    """Gradient descent with momentum on a kernel, one step at a time."""

    def __init__(self) -> None:
        self.settings: dict[str, str | float] = {
            "target": "sobel_x", "taps": 3, "rate": 1.0, "momentum": 0.97,
        }  # fmt: skip
        small = F.interpolate(luminance(picture("astronaut"))[None], (SIDE, SIDE), mode="area")
        self.x = small[0, 0]
        self.seed = 0
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
        self.history: list[tuple[int, float, float]] = []  # step, loss, distance
        self.trouble = ""
        self._note(gradient(self.x, self.kernel, self.target)[1])

    def receive(self, event: Mapping) -> None:
        """Take in a setting.  Raises ValueError in one sentence."""
        name, value = event.get("setting"), event.get("value")
        if name == "target":
            self.settings["target"] = option(value, kernels.NAMES, "The goal")
            self._begin()
        elif name == "taps":
            self.settings["taps"] = rounded(value, *SIZES, "The size")
            self._begin()
        elif name == "rate":
            self.settings["rate"] = number(value, *RATES, "The learning rate")
        elif name == "momentum":
            self.settings["momentum"] = number(value, *MOMENTA, "The momentum")
        elif name == "best":
            rate, momentum = best_momentum(self.condition)
            self.settings |= {"rate": min(rate, 3.99), "momentum": momentum}
        elif name == "again":
            self._begin()
        elif name == "fresh":
            self.seed += 1
            self._begin()
        elif name != "visible":
            raise ValueError(f"The fit has no setting {shown(name)}.")

    @property
    def distance(self) -> float:
        """The largest difference between a tap and its goal."""
        return (self.kernel - self.goal).abs().max().item()

    def step(self) -> bool:
        """Take one step; False when the kernel is found to 1e-5 or has run away."""
        if self.trouble:
            return False
        slope, loss = gradient(self.x, self.kernel, self.target)
        rate = float(self.settings["rate"]) / self.steepest
        self.velocity = float(self.settings["momentum"]) * self.velocity - rate * slope
        self.kernel = self.kernel + self.velocity
        self.steps += 1
        self._note(loss)
        if not self.distance < 1e6:
            self.trouble = (
                f"At step {self.steps} the kernel has run away: this rate is too large for the "
                "steepest direction of the valley."
            )
            return False
        return self.distance > 1e-5

    def _note(self, loss: float) -> None:
        self.history.append((self.steps, max(loss, 1e-14), max(self.distance, 1e-9)))

    def frame(self) -> Frame:
        """Return goal and kernel, their outputs, and the way so far."""
        output = convolve(self.x[None, None], self.kernel[None, None])[0]
        stride = max(1, len(self.history) // POINTS)
        curve = torch.tensor(self.history[::stride] + self.history[-1:]).T.contiguous()
        limit = self.target.abs().max().item() or 1.0
        found = next((s for s, _, d in self.history if d < CLOSE), None)
        state = f"off by {self.distance:.2g}"
        if found is not None:
            state = f"within 0.01 since step {found}"
        return Frame(
            maps={"wanted": self.target[None], "made": output},
            values={"goal": self.goal, "learned": self.kernel, "descent": curve},
            notes={
                "settings": self.settings,
                "limits": {"wanted": limit, "made": limit},
                "titles": {
                    "learned": state,
                    "goal": f"condition number {self.condition:,.0f}",
                    "descent": self.trouble or f"step {self.steps}",
                },
                "say": self.trouble or f"Step {self.steps}: the kernel is {state}.",
            },
        )
