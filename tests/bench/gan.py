"""Steps of a GAN on the plane, ours against torch's modules and optimizers, in the same run."""

from collections.abc import Callable, Iterator

import torch
import torch.nn.functional as F
from torch import nn

from labs.generative.gan.duel import BATCH, Duel, Rules, Shape
from labs.generative.gan.target import TARGETS
from tests.bench.measure import Row, interleaved

WIDTH, DEPTH, RATE = 64, 2, 1e-3


def ours() -> Callable[[], None]:
    """Return a function that lets both nets move once."""
    duel = Duel(Shape(WIDTH, WIDTH, DEPTH, "leaky relu", 1), ("Adam", "Adam"))
    rules, target = Rules("non-saturating", RATE, RATE), TARGETS["8 Gaussians"]

    def step() -> None:
        duel.discriminator_step(target.draw(BATCH, duel.random), rules)
        duel.generator_step(BATCH, rules)

    return step


def plain() -> Callable[[], None]:
    """Return the same by modules, autograd and torch.optim."""

    def net(outputs: int) -> nn.Sequential:
        layers, size = [], 2
        for _ in range(DEPTH):
            layers += [nn.Linear(size, WIDTH), nn.LeakyReLU(0.01)]
            size = WIDTH
        return nn.Sequential(*layers, nn.Linear(size, outputs))

    G, D = net(2), net(1)
    to_g, to_d = (torch.optim.Adam(m.parameters(), RATE, betas=(0.5, 0.99)) for m in (G, D))
    target, random = TARGETS["8 Gaussians"], torch.Generator().manual_seed(1)

    def step() -> None:
        real = target.draw(BATCH, random).T
        fake = G(2 * torch.rand(BATCH, 2, generator=random) - 1).detach()
        loss = F.softplus(-D(real)).mean() + F.softplus(D(fake)).mean()
        to_d.zero_grad()
        loss.backward()
        to_d.step()
        loss = F.softplus(-D(G(2 * torch.rand(BATCH, 2, generator=random) - 1))).mean()
        to_g.zero_grad()
        loss.backward()
        to_g.step()
        loss.item()

    return step


def rows() -> Iterator[Row]:
    """Yield how many times as fast ours is, and its steps a second."""
    taken = interleaved({"ours": ours(), "plain": plain()}, repeats=60)
    yield Row("GAN: a step against plain modules", taken["plain"] / taken["ours"], "times", 4)
    yield Row("GAN: steps of both nets", 1000 / taken["ours"], "a second")
