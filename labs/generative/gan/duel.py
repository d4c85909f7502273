"""Generator and discriminator on the plane, and the half-step of each, written out.

Goodfellow et al. (2014), Generative adversarial nets, https://arxiv.org/abs/1406.2661
"""

import math
from dataclasses import dataclass
from functools import partial

import torch
from torch import Tensor

from labs.generative.gan.losses import LOSSES, Loss
from labs.generative.gan.penalty import gradient_penalty
from labs.models.dense import OPTIMIZERS, Dense, Layer, Optimizer, initialise
from labs.models.dense.optimizers import Adam

BATCH = 128
FUNCTIONS = {"tanh": torch.tanh, "relu": torch.relu, "leaky relu": torch.nn.LeakyReLU(0.01)}


@dataclass(frozen=True)
class Shape:
    """What both nets are made of."""

    generator: int  # units of a hidden layer
    discriminator: int
    depth: int  # hidden layers of each
    activation: str
    seed: int


@dataclass(frozen=True)
class Rules:
    """How they play; it may differ from one step to the next."""

    loss: str
    generator_rate: float
    discriminator_rate: float
    penalty: float = 0.0  # weight of the gradient penalty
    clip: float = 0.0  # largest weight of the discriminator; 0: no limit
    noise: float = 0.0  # deviation of what is added to every point that is judged


def optimizer_of(name: str) -> Optimizer:
    """Return an optimizer; Adam with the short memory that GANs like, as Radford et al. found."""
    return Adam(beta1=0.5, beta2=0.99) if name == "Adam" else OPTIMIZERS[name]()


class Duel:
    """Both nets in training."""

    def __init__(self, shape: Shape, optimizers: tuple[str, str]) -> None:
        """optimizers: of the generator and of the discriminator."""
        self.random = torch.Generator().manual_seed(shape.seed)
        self.activation = shape.activation

        def net(width: int, outputs: int) -> Dense:
            hidden = [Layer(width, shape.activation) for _ in range(shape.depth)]
            made = Dense(2, [*hidden, Layer(outputs, "identity")])
            return initialise(made, "Xavier", self.random)

        self.generator = net(shape.generator, 2)
        self.discriminator = net(shape.discriminator, 1)
        self.optimizers = tuple(optimizer_of(name) for name in optimizers)
        self._costs = [partial(float, math.nan)] * 2  # of the last step of each, when asked for

    @property
    def losses(self) -> tuple[float, float]:
        """The latest values, of discriminator and generator; NaN before the first step."""
        discriminator, generator = (float(cost()) for cost in self._costs)
        return discriminator, generator

    def noise(self, n: int, random: torch.Generator | None = None) -> Tensor:
        """Return n points of the noise square [-1, 1]², (2, n)."""
        return torch.empty(2, n).uniform_(-1, 1, generator=random or self.random)

    def fakes(self, z: Tensor) -> Tensor:
        """Return the generator's points, (2, n), for noise z."""
        return self.generator.forward(z).output

    def judge(self, x: Tensor) -> Tensor:
        """Return the discriminator's logits, (n,), of points x: (2, n)."""
        return self.discriminator.forward(x).output[0]

    @torch.no_grad()
    def discriminator_step(self, real: Tensor, rules: Rules) -> None:
        """Move the discriminator by one batch of real points, (2, n), and as many fakes."""
        n, net, loss = real.shape[1], self.discriminator, LOSSES[rules.loss]
        both = torch.cat([real, self.fakes(self.noise(n))], 1)
        p = net.forward(self._blurred(both, rules.noise))
        logits = p.output[0]
        g = p.g[-1][0]
        g[:n] = loss.real_slope(logits[:n])
        g[n:] = loss.fake_slope(logits[n:])
        net.backward(p, p.g[-1].mul_(1 / n))
        if rules.penalty:
            net.gradient.add_(self._penalty(both, rules.penalty))
        self._costs[0] = partial(loss.discriminator, *logits.clone().chunk(2))
        self.optimizers[1].step(net.theta, net.gradient, rules.discriminator_rate)
        if rules.clip:
            net.theta.clamp_(-rules.clip, rules.clip)

    @torch.no_grad()
    def generator_step(self, n: int, rules: Rules) -> None:
        """Move the generator by one batch of n fakes."""
        net, loss = self.generator, LOSSES[rules.loss]
        p = net.forward(self.noise(n))
        logits, slopes = self._push(self._blurred(p.output, rules.noise), loss)
        net.backward(p, slopes.mul_(1 / n))
        self._costs[1] = partial(loss.generator, logits.clone())
        self.optimizers[0].step(net.theta, net.gradient, rules.generator_rate)

    def push(self, x: Tensor, loss: str) -> Tensor:
        """Return the way in which each fake of x: (2, n) would lower the generator's loss most, as
        minus the slope of its own share.
        """
        return -self._push(x, LOSSES[loss])[1]

    def _push(self, x: Tensor, loss: Loss) -> tuple[Tensor, Tensor]:
        """The logits (n,) of fakes x, and the slopes of their shares of the loss at x, (2, n)."""
        net = self.discriminator
        p = net.forward(x)
        net.backward(p, loss.generator_slope(p.output), inputs=True, weights=False)
        return p.output[0], p.g_x

    def _blurred(self, x: Tensor, deviation: float) -> Tensor:
        if not deviation:
            return x
        return x + deviation * torch.randn(x.shape, generator=self.random)

    @torch.enable_grad()
    def _penalty(self, both: Tensor, weight: float) -> Tensor:
        """The gradient of the weighted penalty at the discriminator's parameters."""
        net, f = self.discriminator, FUNCTIONS[self.activation]
        theta = net.theta.clone().requires_grad_()
        *hidden, last = net.views(theta)[0]

        def judge(x: Tensor) -> Tensor:
            for w in hidden:
                x = f(torch.nn.functional.linear(x, w[:, 1:], w[:, 0]))
            return torch.nn.functional.linear(x, last[:, 1:], last[:, 0])

        real, fake = both.T.chunk(2)
        loss = weight * gradient_penalty(judge, real, fake, self.random)
        return torch.autograd.grad(loss, theta)[0]

    @property
    def broken(self) -> bool:
        """Whether the numbers have run away."""
        return not (self.generator.theta.isfinite().all() and
                    self.discriminator.theta.isfinite().all())  # fmt: skip
