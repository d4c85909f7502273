"""A kernel that is learned, one step of gradient descent at a time."""

import torch.nn.functional as F

from labs.images import to_grey
from labs.live import Frame
from labs.live.checks import option
from labs.live.controls import Value
from labs.live.lab import Lab
from labs.training import begun_anew
from labs.vision.convolution import kernels
from labs.vision.convolution.convolve import convolve
from labs.vision.convolution.export import GREY, assemble, photo
from labs.vision.convolution.fit.challenges import CHALLENGES
from labs.vision.convolution.fit.controls import CONTROLS
from labs.vision.convolution.fit.descent import CLOSE, Descent
from labs.vision.convolution.fit.valley import best_momentum, correlate, gradient
from labs.vision.convolution.pictures import picture

SIDE = 96  # pixels of the photo; the valley is as narrow as at 512, and a step is 28 times faster
STARTS = tuple(map(str, range(100)))  # random kernels to begin from, as an address names them
SCRIPT = """x = x[0, 0]
GOAL = torch.tensor({goal})
target = convolve(x[None, None], GOAL[None, None])[0, 0]
generator = torch.Generator().manual_seed({seed})
kernel = torch.randn({m}, {m}, generator=generator)
velocity = torch.zeros_like(kernel)
slope, loss = gradient(x, kernel, target)
for step in range(1, {steps} + 1):
    velocity = {momentum} * velocity - {rate} * slope
    kernel = kernel + velocity
    slope, loss = gradient(x, kernel, target)
    if step % 20 == 0:
        print(f"step {{step}}: loss {{loss:.3e}}, off by {{(kernel - GOAL).abs().max():.3e}}")
print(kernel)
"""


class Fit(Lab):
    """Gradient descent with momentum on a kernel, one step at a time."""

    name = "convolution.fit"
    controls = CONTROLS
    challenges = CHALLENGES
    links = ("start",)

    def __init__(self) -> None:
        super().__init__()
        grey = to_grey(picture("astronaut")[None])
        self.x = F.interpolate(grey, (SIDE, SIDE), mode="area")[0, 0]
        self.seed = 0
        self.again()

    @property
    def steps(self) -> int:
        """Steps since the start."""
        return self.run.steps

    def step(self) -> bool:
        """Take one step; False when the kernel is found to 1e-5 or has run away."""
        return self.run.step(self.settings["rate"], self.settings["momentum"])

    def show(self) -> Frame:
        """Return goal and kernel, their outputs, and the way so far."""
        run = self.run
        limit = run.target.abs().max().item() or 1.0
        state = f"off by {run.distance:.2g}"
        if run.found is not None:
            state = f"within {CLOSE:g} since step {run.found}"
        return Frame(
            maps={
                "wanted": run.target[None],
                "made": convolve(run.x[None, None], run.kernel[None, None])[0],
            },
            values={
                "goal": run.goal, "learned": run.kernel,
                "descent": run.history.table(),
            },
            notes={
                "limits": {"wanted": limit, "made": limit},
                "titles": {
                    "learned": state,
                    "goal": f"condition number {run.condition:,.0f}",
                    "descent": run.fault or f"step {run.steps}",
                },
                "say": run.fault or f"Step {run.steps}: the kernel is {state}.",
            },
        )  # fmt: skip

    def changed(self, name: str, before: Value) -> None:
        """Begin with another goal, or go on with another rate or momentum."""
        if name in ("target", "taps"):
            self.again()
        else:
            self.run.turn()

    def again(self) -> None:
        """Begin from the random kernel of this seed again."""
        shape = kernels.Shape(size=self.settings["taps"])
        goal = kernels.preset(self.settings["target"], shape)
        self.run = Descent(self.x, goal, self.seed)

    def fresh(self) -> None:
        """Begin from another random kernel."""
        self.seed = (self.seed + 1) % len(STARTS)
        self.again()

    def best(self) -> None:
        """Go on with the rate and the momentum that are fastest here."""
        rate, momentum = best_momentum(self.run.condition)
        self.settings |= {"rate": min(rate, 3.99), "momentum": momentum}
        self.run.turn()

    def evidence(self) -> tuple:
        """Return settings and descent."""
        return self.settings, self.run

    def to_link(self) -> dict[str, str]:
        """Return the start, if it is not the first."""
        return {"start": STARTS[self.seed] if self.seed else ""}

    def from_link(self, name: str, text: str) -> None:
        """Take the start of a link."""
        self.seed = int(option(text, STARTS, "A start"))
        self.again()

    def left_out(self) -> str:
        """Say that a link begins the descent anew."""
        return begun_anew(self.steps, "step")

    def script(self) -> str:
        """Return the script for the descent with the rate and the momentum of now."""
        s, run = self.settings, self.run
        body = photo("astronaut", SIDE) + GREY + SCRIPT.format(
            goal=run.goal.tolist(), seed=self.seed, m=len(run.goal), steps=max(run.steps, 100),
            momentum=s["momentum"], rate=s["rate"] / run.steepest,
        )  # fmt: skip
        return assemble("A kernel that is learned", (gradient, correlate), body)
