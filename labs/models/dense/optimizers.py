"""Optimizers, written out on one flat tensor of parameters.

`step(theta, gradient, learning_rate)` moves theta in place.  The learning rate may change from step
to step, and may be a tensor that broadcasts against theta, one rate for each of many nets.

Momentum: Polyak 1964; Nesterov: Sutskever et al. 2013; RMSProp: Tieleman & Hinton 2012; Adagrad:
Duchi et al. 2011; Adam: https://arxiv.org/abs/1412.6980; AdamW: https://arxiv.org/abs/1711.05101.
"""

from collections.abc import Callable
from typing import ClassVar, Protocol

import torch
from torch import Tensor

Rate = float | Tensor


class Optimizer(Protocol):
    """What takes a step.  `name` and `formula` (LaTeX) are for the page.

    `memory` names the attributes that a step leaves for the next one: tensors like theta (None
    before the first step), or a count of steps.
    """

    name: str
    formula: str
    memory: ClassVar[tuple[str, ...]]

    def step(self, theta: Tensor, gradient: Tensor, learning_rate: Rate) -> None:
        """Move theta by one step against the gradient."""


def descend(theta: Tensor, direction: Tensor, learning_rate: Rate) -> None:
    """Take learning_rate times direction from theta, in place."""
    if isinstance(learning_rate, Tensor):
        theta.addcmul_(direction, learning_rate, value=-1)
    else:
        theta.sub_(direction, alpha=learning_rate)


class SGD:
    """Plain (stochastic) gradient descent."""

    name = "SGD"
    formula = r"\theta \leftarrow \theta - \eta\, g"
    memory = ()

    def step(self, theta: Tensor, gradient: Tensor, learning_rate: Rate) -> None:
        """Step straight down the gradient."""
        descend(theta, gradient, learning_rate)


class Momentum:
    """The steps add up to a velocity that friction slows."""

    name = "momentum"
    formula = r"v \leftarrow \mu v + g, \quad \theta \leftarrow \theta - \eta\, v"
    memory = ("v",)

    def __init__(self, mu: float = 0.9) -> None:
        self.mu = mu
        self.v: Tensor | None = None

    def step(self, theta: Tensor, gradient: Tensor, learning_rate: Rate) -> None:
        """Step along the velocity."""
        if self.v is None:
            self.v = torch.zeros_like(theta)
        self.v.mul_(self.mu).add_(gradient)
        descend(theta, self.v, learning_rate)


class Nesterov(Momentum):
    """Momentum that looks ahead: the gradient counts once more where the velocity leads."""

    name = "Nesterov"
    formula = r"v \leftarrow \mu v + g, \quad \theta \leftarrow \theta - \eta\,(g + \mu v)"

    def step(self, theta: Tensor, gradient: Tensor, learning_rate: Rate) -> None:
        """Step along gradient and velocity."""
        if self.v is None:
            self.v = torch.zeros_like(theta)
        self.v.mul_(self.mu).add_(gradient)
        descend(theta, gradient.add(self.v, alpha=self.mu), learning_rate)


class Adagrad:
    """Each parameter's step shrinks with all the squared slopes it has seen."""

    name = "Adagrad"
    formula = (
        r"s \leftarrow s + g^2, \quad \theta \leftarrow \theta - \eta\, g / (\sqrt s + \epsilon)"
    )
    memory = ("s",)

    def __init__(self, eps: float = 1e-10) -> None:
        self.eps = eps
        self.s: Tensor | None = None

    def step(self, theta: Tensor, gradient: Tensor, learning_rate: Rate) -> None:
        """Step by the gradient over the root of the sum of its squares."""
        if self.s is None:
            self.s = torch.zeros_like(theta)
        self.s.addcmul_(gradient, gradient)
        descend(theta, gradient / self.s.sqrt().add_(self.eps), learning_rate)


class RMSProp:
    """Adagrad that forgets: a moving mean of the squares in place of their sum."""

    name = "RMSProp"
    formula = (
        r"s \leftarrow \rho s + (1 - \rho) g^2, \quad "
        r"\theta \leftarrow \theta - \eta\, g / (\sqrt s + \epsilon)"
    )
    memory = ("s",)

    def __init__(self, rho: float = 0.99, eps: float = 1e-8) -> None:
        self.rho = rho
        self.eps = eps
        self.s: Tensor | None = None

    def step(self, theta: Tensor, gradient: Tensor, learning_rate: Rate) -> None:
        """Step by the gradient over its recent size."""
        if self.s is None:
            self.s = torch.zeros_like(theta)
        self.s.mul_(self.rho).addcmul_(gradient, gradient, value=1 - self.rho)
        descend(theta, gradient / self.s.sqrt().add_(self.eps), learning_rate)


class Adam:
    """Moving means of the gradient and of its square, both corrected for their start at zero."""

    name = "Adam"
    formula = (
        r"m \leftarrow \beta_1 m + (1 - \beta_1) g, \; v \leftarrow \beta_2 v + (1 - \beta_2) g^2, "
        r"\; \theta \leftarrow \theta - \eta\, \hat m / (\sqrt{\hat v} + \epsilon)"
    )
    memory = ("m", "v", "t")
    decay = 0.0  # of the parameters themselves, as a share of the learning rate

    def __init__(self, beta1: float = 0.9, beta2: float = 0.999, eps: float = 1e-8) -> None:
        self.beta1, self.beta2, self.eps = beta1, beta2, eps
        self.t: int | Tensor = 0  # steps taken; of nets with copies, each one's own, (copies, 1)
        self.m: Tensor | None = None
        self.v: Tensor | None = None

    def step(self, theta: Tensor, gradient: Tensor, learning_rate: Rate) -> None:
        """Step by the corrected mean over the corrected size."""
        if self.m is None or self.v is None:
            self.m, self.v = torch.zeros_like(theta), torch.zeros_like(theta)
        self.t = self.t + 1
        if self.decay:
            descend(theta, theta * self.decay, learning_rate)
        self.m.lerp_(gradient, 1 - self.beta1)
        self.v.mul_(self.beta2).addcmul_(gradient, gradient, value=1 - self.beta2)
        # the corrections are numbers, one for all parameters: they may stand before the root
        start = (1 - self.beta2**self.t) ** 0.5
        size = self.v.sqrt().add_(self.eps * start)
        descend(theta, self.m / size, learning_rate * start / (1 - self.beta1**self.t))


class AdamW(Adam):
    """Adam whose weight decay does not pass through the means."""

    name = "AdamW"
    formula = r"\theta \leftarrow \theta - \eta \lambda \theta, \quad \text{then Adam}"

    def __init__(
        self, beta1: float = 0.9, beta2: float = 0.999, eps: float = 1e-8, decay: float = 0.01
    ) -> None:
        super().__init__(beta1, beta2, eps)
        self.decay = decay


OPTIMIZERS: dict[str, Callable[[], Optimizer]] = {
    kind.name: kind for kind in (SGD, Momentum, Nesterov, RMSProp, Adagrad, Adam, AdamW)
}
