"""What is searched: a formula that costs nothing, and nets that are trained epoch by epoch."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from torch import Tensor, nn

from labs.basics.search.formula import START, SURFACE_EPOCHS, Formula, surface
from labs.basics.search.space import Axis, Values
from labs.basics.search.trainings import ConvolutionRun, digits_run, mnist_run, spiral_run
from labs.data import digits
from labs.models.dense import Dense


class Run(Protocol):
    """One training that can be gone on with.  `net` is what is trained, None for a formula."""

    net: Dense | nn.Module | None

    def epoch(self) -> float:
        """Train one epoch and return the loss on the examples held out."""


@dataclass(frozen=True)
class Objective:
    """A space, how long a full training is, and how one is begun."""

    key: str
    title: str
    about: str
    axes: tuple[Axis, ...]
    epochs: int
    guess: float  # the loss of who knows nothing
    begin: Callable[[Values, int], Run]  # settings and seed
    shape: Callable[[Tensor], Tensor] | None = None  # final loss at (N, D), if known
    heavy: bool = False  # whether an epoch takes so long that it is given to the cluster
    here: Callable[[], bool] = lambda: True  # whether its data are on this machine


WIDE = (1e-6, 100.0)  # learning rates
RATE = Axis("learning_rate", "learning rate", 1e-3, 1e-1, log=True, widest=WIDE)
L2 = Axis("l2", "L2 penalty", 1e-6, 1e-1, log=True, widest=(0, 10))
HIDDEN = Axis("hidden", "hidden units", 10, 1000, log=True, whole=True, widest=(1, 2000))
OBJECTIVES: Mapping[str, Objective] = {
    o.key: o
    for o in (
        Objective(
            "surface", "a formula with a dead setting",
            "Branin's function of x₁ and x₂ as the loss after 27 epochs; x₃ has no effect.  No net "
            "is trained: its learning curves are a formula, too.",
            (Axis("x1", "x₁", -5, 10), Axis("x2", "x₂", 0, 15), Axis("x3", "x₃", 0, 1)),
            SURFACE_EPOCHS, START, Formula, surface,
        ),
        Objective(
            "digits", "digits by a dense net",
            "The lecture's three settings: a net of 64 pixels, one hidden layer of ReLUs and 10 "
            "classes learns 1,150 of scikit-learn's digits; the loss is that of 288 others.",
            (RATE, L2, HIDDEN), 27, math.log(10), digits_run,
        ),
        Objective(
            "spiral", "two spirals by a playground's net",
            "Two hidden layers of tanh units learn 150 points of two spirals; the loss is that of "
            "150 others.",
            (Axis("learning_rate", "learning rate", 1e-3, 3, log=True, widest=WIDE), L2,
             Axis("hidden", "units a layer", 2, 12, whole=True, widest=(1, 64))),
            81, math.log(2), spiral_run,
        ),
        Objective(
            "convolution", "digits by a convolutional net",
            "Two convolutions and a linear layer learn the same digits as pictures of 8 × 8.",
            (Axis("learning_rate", "learning rate", 1e-3, 0.3, log=True, widest=WIDE), L2,
             Axis("maps", "maps", 2, 32, log=True, whole=True, widest=(1, 64))),
            9, math.log(10), ConvolutionRun, heavy=True,
        ),
        Objective(
            "mnist", "MNIST by a dense net",
            "The lecture's three settings on 10,000 digits of MNIST as pictures of 28 × 28; the "
            "loss is that of 2,000 others.",
            (RATE, L2, HIDDEN), 9, math.log(10), mnist_run, heavy=True,
            here=lambda: digits.mnist_here(),
        ),
    )
}  # fmt: skip
