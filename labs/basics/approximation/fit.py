"""A net of one input and one output, trained by Adam on a function, all places in every step."""

import math

import torch
from torch import Tensor

from labs.basics.approximation.target import X
from labs.models.dense import (
    LOSSES,
    OPTIMIZERS,
    Dense,
    Layer,
    Training,
    initialise,
    train_step,
    transplant,
)
from labs.numerals import written
from labs.training.course import Course

STEEP = 2.0  # how much steeper than He's the first layer begins: the axis is only two units long
OFTEN = 10  # steps between two notes of the error
KEPT = 256  # notes that are drawn
FLAT = 1e-3  # share of the function's deviation below which a net's output is a constant
LARGE = 100.0  # an error that no function in [-1, 1] calls for


def net_of(width: int, depth: int, activation: str, seed: int) -> Dense:
    """Return `depth` hidden layers of `width` units and a linear output, in float64.

    The first layer's bends and waves are spread over the axis.
    """
    generator = torch.Generator().manual_seed(seed)
    layers = [Layer(width, activation) for _ in range(depth)]
    net = Dense(1, [*layers, Layer(1, "identity")], dtype=torch.float64)
    initialise(net, "He", generator)
    first = net.weights[0]
    first.mul_(STEEP)
    first[:, 0].uniform_(-1, 1, generator=generator).mul_(first[:, 1:].norm(dim=1))
    return net


class Fit:
    """A net in training.  `history` holds (step, mean of half the squared error)."""

    def __init__(self, net: Dense, target: Tensor, old: Dense | None = None) -> None:
        self.net = net if old is None else transplant(old, net)
        self.optimizer = OPTIMIZERS["Adam"]()
        self.count = 0
        self.rate = 0.0  # of the last step
        self.history = Course(KEPT)
        self.note(target)

    def step(self, target: Tensor, learning_rate: float, l2: float) -> bool:
        """Take one step; False when the numbers have run away."""
        if self.fault:
            return False
        how = Training(LOSSES["squared"], learning_rate, l2=l2)
        train_step(self.net, X[None], target[None], self.optimizer, how)
        self.count, self.rate = self.count + 1, learning_rate
        if self.count % OFTEN == 0:
            self.note(target)
        return not self.fault

    def look(self) -> tuple[Tensor, Tensor]:
        """Return the net's output (PLACES,) and what each unit of the last hidden layer adds.

        The parts, (units, PLACES), and the output's bias add up to the output.
        """
        p = self.net.forward(X[None])
        return p.output[0].clone(), self.net.weights[-1][0, 1:, None] * p.h[-2]

    def note(self, target: Tensor) -> None:
        """Note the error as it is now."""
        output, _ = self.look()
        self.error = (0.5 * (output - target) ** 2).mean().item()
        self.constant = bool(output.std() < FLAT * target.std())
        self.history.note((self.count, self.error))

    @property
    def trouble(self) -> str:
        """What has run away, when and why; "" while nothing has."""
        why = (
            f": Adam moves every weight by about the learning rate, {self.rate:.2g}, in a step, "
            "too far for this net; begin again with a smaller one"
        )
        if self.fault:
            return f"The numbers ran away by step {self.count}{why}."
        if self.error > LARGE and self.count:
            return f"The error is {written(self.error, '.1e')} at step {self.count}{why}."
        if self.constant and self.count:
            return (
                f"The net is a constant at step {self.count}: its units no longer bend here; "
                f"begin again with a learning rate below {self.rate:.2g}, or a smaller L2."
            )
        return ""

    @property
    def fault(self) -> bool:
        """Whether the numbers have run away."""
        return not math.isfinite(self.error)
