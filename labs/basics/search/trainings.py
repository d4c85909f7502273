"""Nets that are trained epoch by epoch, and judged by examples that are held out from training.

The loss is their cross-entropy, in nats; the test examples are never looked at.
"""

from dataclasses import dataclass
from functools import cache

import torch
from sklearn.datasets import load_digits
from torch import Tensor, nn

from labs.basics.search.space import Values
from labs.data import digits, plane
from labs.models.dense import LOSSES, OPTIMIZERS, Dense, Layer, Training, initialise, train_step

BATCH = 32


@dataclass(frozen=True)
class Examples:
    """What a net learns, and what it is judged by: x (inputs, N), y (outputs, N)."""

    x: Tensor
    y: Tensor
    x_held: Tensor
    y_held: Tensor


@cache
def small_digits() -> Examples:
    """Return UCI's digits as scikit-learn ships them, 64 pixels in [0, 1]: 1,150 to learn, 288 held
    out; the other 359 are for a last test.
    """
    data = load_digits()
    x = torch.from_numpy(data.data).float().T / 16
    y = torch.eye(10)[torch.from_numpy(data.target).long()].T
    order = torch.randperm(x.shape[1], generator=torch.Generator().manual_seed(0))
    train, held, _ = order.split([1150, 288, 359])
    parts = (x[:, train], y[:, train], x[:, held], y[:, held])
    return Examples(*(part.contiguous() for part in parts))


@cache
def large_digits() -> Examples:
    """Return MNIST, 784 pixels in [0, 1]: 10,000 of its training digits to learn, 2,000 held out.

    Raises ValueError where it has not been downloaded.
    """
    split = digits.mnist()
    order = torch.randperm(len(split.x), generator=torch.Generator().manual_seed(0))
    parts = []
    for index in order[:12_000].split([10_000, 2000]):
        parts += [split.x[index].flatten(1).T, torch.eye(10)[split.y[index]].T]
    return Examples(*(part.contiguous() for part in parts))


@cache
def spiral() -> Examples:
    """Return two spirals, 150 points to learn and 150 held out; y is 0 or 1."""
    points = plane.DATA["spiral"](300, 0.1, torch.Generator().manual_seed(0))
    x, y = points.x.float(), (points.y[None] > 0).float()
    order = torch.randperm(x.shape[1], generator=torch.Generator().manual_seed(0))
    train, held = order.split(150)
    parts = (x[:, train], y[:, train], x[:, held], y[:, held])
    return Examples(*(part.contiguous() for part in parts))


class DenseRun:
    """A dense net with one or two hidden layers of `hidden` units, trained by SGD with momentum 0.9
    and L2; every run of one seed sees the same batches.
    """

    def __init__(
        self, examples: Examples, known: Values, seed: int, *, loss: str, activation: str,
        depth: int = 1,
    ) -> None:  # fmt: skip
        self.examples, self.seed, self.count = examples, seed, 0
        layers = [Layer(int(known["hidden"]), activation)] * depth
        net = Dense(len(examples.x), [*layers, Layer(len(examples.y), "identity")])
        init = "He" if activation == "relu" else "Xavier"
        self.net = initialise(net, init, torch.Generator().manual_seed(seed))
        self.loss, self.optimizer = LOSSES[loss], OPTIMIZERS["momentum"]()
        self.optimizer.v = torch.zeros_like(self.net.theta)
        self.how = Training(self.loss, known["learning_rate"], l2=known["l2"])

    def tensors(self) -> list[Tensor]:
        """Return weights and velocities: with the count of epochs, all that it goes on from."""
        return [self.net.theta, self.optimizer.v]

    @torch.inference_mode()
    def epoch(self) -> float:
        """Train on all examples once, in batches of 32."""
        e = self.examples
        generator = torch.Generator().manual_seed(1_000_003 * self.seed + self.count)
        order = torch.randperm(e.x.shape[1], generator=generator)
        x, y = e.x.index_select(1, order), e.y.index_select(1, order)
        for a, b in zip(x.split(BATCH, 1), y.split(BATCH, 1), strict=True):
            train_step(self.net, a, b, self.optimizer, self.how)
        self.count += 1
        return self.loss.value(self.net.forward(e.x_held).output, e.y_held).item()


def digits_run(known: Values, seed: int) -> DenseRun:
    """Begin the lecture's net on scikit-learn's digits: 64 pixels, one hidden layer, 10 classes."""
    return DenseRun(
        small_digits(), known, seed, loss="softmax cross-entropy", activation="relu"
    )  # fmt: skip


def mnist_run(known: Values, seed: int) -> DenseRun:
    """Begin the same net on MNIST: 784 pixels."""
    return DenseRun(
        large_digits(), known, seed, loss="softmax cross-entropy", activation="relu"
    )  # fmt: skip


def spiral_run(known: Values, seed: int) -> DenseRun:
    """Begin a playground's net on two spirals: two hidden layers of tanh units."""
    return DenseRun(
        spiral(), known, seed, loss="binary cross-entropy", activation="tanh", depth=2
    )  # fmt: skip


class ConvolutionRun:
    """Two convolutions and a linear layer on scikit-learn's digits as 8 x 8 pictures."""

    def __init__(self, known: Values, seed: int) -> None:
        self.seed, self.count, self.known = seed, 0, known
        e = small_digits()
        self.x, self.x_held = (x.T.reshape(-1, 1, 8, 8) for x in (e.x, e.x_held))
        self.y, self.y_held = e.y.argmax(0), e.y_held.argmax(0)
        maps = int(known["maps"])
        self.net = nn.Sequential(
            nn.Conv2d(1, maps, 3, padding=1), nn.ReLU(), nn.Conv2d(maps, 2 * maps, 3, padding=1),
            nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(32 * maps, 10),
        )  # fmt: skip
        draw = torch.Generator().manual_seed(seed)
        with torch.no_grad():
            for p in self.net.parameters():
                fan = p[0].numel()
                p.zero_() if p.dim() == 1 else p.normal_(0, (2 / fan) ** 0.5, generator=draw)
        self.velocity = [torch.zeros_like(p) for p in self.net.parameters()]

    def tensors(self) -> list[Tensor]:
        """Return weights and velocities: with the count of epochs, all that it goes on from."""
        return [*self.net.parameters(), *self.velocity]

    def epoch(self) -> float:
        """Train on all examples once, in batches of 32."""
        generator = torch.Generator().manual_seed(1_000_003 * self.seed + self.count)
        order = torch.randperm(len(self.x), generator=generator)
        rate, l2 = self.known["learning_rate"], self.known["l2"]
        parameters = list(self.net.parameters())
        for index in order.split(BATCH):
            with torch.enable_grad():
                loss = nn.functional.cross_entropy(self.net(self.x[index]), self.y[index])
                gradients = torch.autograd.grad(loss, parameters)
            with torch.no_grad():
                for p, v, g in zip(parameters, self.velocity, gradients, strict=True):
                    v.mul_(0.9).add_(g).add_(p, alpha=l2 if p.dim() > 1 else 0)
                    p.sub_(v, alpha=rate)
        self.count += 1
        with torch.no_grad():
            return nn.functional.cross_entropy(self.net(self.x_held), self.y_held).item()
