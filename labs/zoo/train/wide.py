"""The recipes of dae-mnist and of its twin, which learns without noise; what both do with noise.

Vincent et al. (2008), https://doi.org/10.1145/1390156.1390294
"""

from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor

from labs.data.spoil import discs, gaussian, hole, salt_and_pepper
from labs.models.wide import WideAutoencoder
from labs.zoo.train.cycle import one_cycle
from labs.zoo.train.digits import Result, Say, load_digits

EPOCHS = 14
GAUSS, PEPPER, RADIUS = 0.8, 0.6, (2.0, 7.0)  # the strongest noise in training; pixels
MEASURED = {"gaussian": 0.4, "salt_and_pepper": 0.3, "hole": 4.0}  # deviation, share, radius


def spoil(x: Tensor, generator: torch.Generator) -> Tensor:
    """Return pictures (N, 1, 28, 28) with noise of each kind on about half of them."""
    n = len(x)
    strength = torch.rand(2, n, 1, 1, 1, generator=generator)
    with_it = (torch.rand(3, n, 1, 1, 1, generator=generator) < 0.5).float()
    x = gaussian(x, GAUSS * with_it[0] * strength[0], generator)
    x = salt_and_pepper(x, PEPPER * with_it[1] * strength[1], generator)
    return hole(x, discs(n, 28, RADIUS, generator) & with_it[2].bool())


def train(data: Path, seed: int, say: Say, *, noise: bool) -> Result:
    """Train by Adam on cross-entropy, one cycle; ship the moving average of the weights."""
    torch.manual_seed(seed)  # the initial weights; a training run is a process of its own
    model, digits = WideAutoencoder(), load_digits(data)
    generator = torch.Generator().manual_seed(seed)

    def loss(y: Tensor, step: int) -> Tensor:
        x = spoil(y, generator) if noise else y
        each = F.binary_cross_entropy_with_logits(model.logits(x), y.flatten(1))
        return 784 * each  # nats a picture

    def look(average: WideAutoencoder, now: str) -> None:
        say(f"{now}{measure(average, digits.x_held, seed)}")

    model = one_cycle(model, digits.x, loss, generator, look, epochs=EPOCHS, decay=0.99)
    return Result(model, measure(model, digits.x_test, seed))


@torch.no_grad()
def measure(model: WideAutoencoder, x: Tensor, seed: int) -> dict[str, float]:
    """Return the squared error a picture of what comes back: of x itself, and with each noise."""
    generator = torch.Generator().manual_seed(seed)
    radius = MEASURED["hole"]
    noisy = {
        "clean": x,
        "gaussian": gaussian(x, MEASURED["gaussian"], generator),
        "salt_and_pepper": salt_and_pepper(x, MEASURED["salt_and_pepper"], generator),
        "hole": hole(x, discs(len(x), 28, (radius, radius), generator)),
    }
    return {
        f"squared_error_{kind}": torch.cat(
            [(model(a) - b).square().flatten(1).sum(1)
             for a, b in zip(part.split(1000), x.split(1000), strict=True)]
        ).mean().item()
        for kind, part in noisy.items()
    }  # fmt: skip
