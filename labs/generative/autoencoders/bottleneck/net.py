"""An autoencoder of digits in training: what goes in should come out, through a narrow code.

Rumelhart, Hinton & Williams (1986); with noise in the input, Vincent et al. (2008),
https://doi.org/10.1145/1390156.1390294; with an l1 penalty on the code, Ng (2011), Sparse
autoencoder, https://web.stanford.edu/class/cs294a/sparseAutoencoder.pdf (there a KL penalty).
"""

import math
from collections.abc import Mapping

import torch
from torch import Tensor

from labs.generative.autoencoders.pca import Components, angles
from labs.models.dense import LOSSES, OPTIMIZERS, Dense, Layer, initialise
from labs.training.course import Course

WIDTH = 128  # units of a hidden layer
BATCH = 256
EASED = 400  # steps after which the learning rate has fallen to a half
OFTEN = 20  # steps between two looks
KEPT = 200  # looks that are drawn
LARGE = 1e4  # an error that no picture calls for
SQUARED = LOSSES["squared"]


def net_of(code: int, depth: int, activation: str, seed: int) -> Dense:
    """Return an untrained net of 784 inputs and outputs, whose layer `depth` is the code.

    Code and output have no activation; without hidden layers the net is linear.
    """
    hidden = [Layer(WIDTH, activation) for _ in range(depth)]
    net = Dense(784, [*hidden, Layer(code, "identity"), *hidden, Layer(784, "identity")])
    scheme = "He" if "relu" in activation else "Xavier"
    return initialise(net, scheme, torch.Generator().manual_seed(seed))


class Coder:
    """An autoencoder, the digits that it learns, and how it went."""

    def __init__(self, x: Tensor, test: Tensor, pca: Components, shape: Mapping) -> None:
        """x: (784, N) and test: (784, M), centred, best as columns that lie together.

        shape: the settings that make the net.
        """
        self.x, self.rows, self.test, self.pca = x, x.T, test, pca
        self.depth, self.size = int(shape["depth"]), int(shape["code"])
        self.net = net_of(self.size, self.depth, str(shape["activation"]), int(shape["seed"]))
        self.optimizer = OPTIMIZERS["Adam"]()
        self.generator = torch.Generator().manual_seed(int(shape["seed"]))
        self.count = 0
        self.history = Course(KEPT)
        self.look()

    @property
    def linear(self) -> bool:
        """Whether it has no hidden layers."""
        return self.depth == 0

    @property
    def decoder(self) -> Tensor:
        """The columns of the last layer's weights, (784, its inputs)."""
        return self.net.weights[-1][:, 1:]

    def step(self, learning_rate: float, noise: float, sparse: float) -> bool:
        """Take one Adam step on a batch; False when the numbers have run away.

        noise: the share of pixels that are set to 0 in the input; the target stays whole.
        sparse: the weight of the mean absolute code in the loss.
        """
        if self.fault:
            return False
        chosen = torch.randint(self.x.shape[1], (BATCH,), generator=self.generator)
        y = self.rows[chosen].T
        x = spoiled(y, self.pca.mean, noise, self.generator) if noise else y
        net = self.net
        p = net.forward(x)
        g = SQUARED.slope(p.output, y)
        if sparse:
            self._backward_sparse(p, g, sparse)
        else:
            net.backward(p, g)
        rate = learning_rate / (1 + self.count / EASED)
        self.optimizer.step(net.theta, net.gradient, rate)
        self.count += 1
        if self.count % OFTEN == 0:
            self.look()
        return not self.fault

    def _backward_sparse(self, p, g: Tensor, sparse: float) -> None:
        """Do as `Dense.backward`, with the penalty's slope added at the code."""
        net = self.net
        share = sparse / p.n
        for i in reversed(range(len(net.layers))):
            p.g[i] = g
            if i == self.depth:
                g = g + share * p.a[i].sign()
            delta = net.fs[i].back(g, p.z[i], p.h[i], p.delta[i])
            torch.mm(delta, p.turned[i], out=net.gradients[i])
            g = torch.mm(net.turned[i], delta)

    def look(self) -> None:
        """Note the squared errors a picture, in training and test, and the largest angle."""
        some = self.x[:, : self.test.shape[1]]
        errors = [
            (self(part)[1] - part).square().sum(0).mean().item() for part in (some, self.test)
        ]
        angle = math.nan
        if self.linear and math.isfinite(errors[0]):
            angle = angles(self.decoder, self.pca.axes[:, : self.size])[-1].item()
        self.error = errors[0]
        self.history.note((self.count, *errors, angle))

    def __call__(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Return code (k, N) and output (784, N) of centred pictures x: (784, N)."""
        p = self.net.forward(x)
        return p.a[self.depth].clone(), p.output.clone()

    def decode(self, code: Tensor) -> Tensor:
        """Return centred pictures (784, N) of codes (k, N)."""
        a = code
        later = zip(self.net.weights, self.net.fs, strict=True)
        for w, f in list(later)[self.depth + 1 :]:
            a = f(w[:, 1:] @ a + w[:, :1])
        return a

    @property
    def fault(self) -> bool:
        """Whether the numbers have run away."""
        return not math.isfinite(self.error)

    @property
    def trouble(self) -> str:
        """What has gone wrong, in a sentence; "" while nothing has."""
        if self.fault or self.error > LARGE:
            return (
                f"The error ran away by step {self.count}: begin again with a smaller learning "
                "rate."
            )
        return ""


def spoiled(x: Tensor, mean: Tensor, share: float, generator: torch.Generator) -> Tensor:
    """Return centred pictures x: (784, N) with a share of their pixels set to black."""
    lost = torch.rand(x.shape, generator=generator) < share
    return torch.where(lost, -mean[:, None], x)
