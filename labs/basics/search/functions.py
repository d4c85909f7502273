"""What a Gaussian process is shown in one dimension: a known valley, a net's loss, anything."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import torch
from torch import Tensor

from labs.basics.search.trainings import digits_run

FREE = "free"
HEIGHT = (-2.0, 2.0)  # of the picture
EPOCHS = 3  # of a net at one place
WIDTH = 32  # units of its hidden layer


@dataclass(frozen=True)
class Function:
    """A loss over one setting: measured at x of `range`, the how-many-th time `k`."""

    key: str
    title: str
    x: str  # title of the axis
    y: str
    range: tuple[float, float]
    first: tuple[float, ...]  # where it has been measured already
    measure: Callable[[float, int], float]
    truth: Callable[[Tensor], Tensor] | None = None

    def unit(self, x):
        """Return where x lies in its range, in [0, 1]."""
        low, high = self.range
        return (x - low) / (high - low)

    def place(self, u):
        """Return the x at u in [0, 1]."""
        low, high = self.range
        return low + u * (high - low)


def forrester(x: Tensor) -> Tensor:
    """Return Forrester's function on [0, 1], shifted and scaled to about [-1, 1.6].

    Forrester, Sobester & Keane 2008; its lowest place is x = 0.75725.
    """
    return ((6 * x - 2) ** 2 * torch.sin(12 * x - 4) - 1) / 7


def _valley(x: float, k: int) -> float:
    return forrester(torch.tensor(x, dtype=torch.float64)).item()


def net_loss(x: float, k: int) -> float:
    """Return log10 of the held-out loss of a net that learned digits for 3 epochs at a learning
    rate of 10^x; every measurement draws other weights, which is where its noise comes from.
    """
    run = digits_run({"learning_rate": 10**x, "l2": 1e-5, "hidden": WIDTH}, k + 1)
    loss = [run.epoch() for _ in range(EPOCHS)][-1]
    return math.log10(min(max(loss, 10 ** HEIGHT[0]), 10 ** HEIGHT[1])) if loss == loss else 2.0


FUNCTIONS: Mapping[str, Function] = {
    f.key: f
    for f in (
        Function("valley", "a known valley", "x", "loss", (0.0, 1.0), (0.1, 0.5, 0.95), _valley,
                 forrester),
        Function("net", "a net's loss, trained at a click", "log₁₀ of the learning rate",
                 "log₁₀ of the loss", (-3.0, 0.5), (-2.8, -1.4, 0.2), net_loss),
        Function(FREE, "whatever you point at", "x", "y", (0.0, 1.0), (), lambda x, k: 0.0),
    )
}  # fmt: skip
