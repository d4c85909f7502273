"""The recipe of the variational autoencoders: the negative ELBO of digits of black and white.

A pixel is ink with the probability that is its grey: it is drawn anew at every step, and once
from the seed for the measurement, which takes one sample of each code.
"""

from collections.abc import Callable
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor

from labs.models.vae import DigitVAE
from labs.zoo.train.cycle import BATCH, one_cycle
from labs.zoo.train.digits import Digits, Result, Say, load_digits

WARM = 0.1  # share of the training in which the weight of the KL term grows from 0 to 1


def binarise(x: Tensor, generator: torch.Generator) -> Tensor:
    """Return 1 with the probability that is x's grey, else 0."""
    return (torch.rand(x.shape, generator=generator) < x).float()


def terms(model: DigitVAE, x: Tensor, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """Return the two terms of the negative ELBO in nats, (N,) each, by one sample of each code.

    x: (N, 1, 28, 28) of 0 and 1.  The first is the reconstruction's, the second the KL divergence.
    """
    mean, log_variance = model.encode(x)
    noise = torch.randn(mean.shape, generator=generator)
    logits = model.logits(mean + noise * (log_variance / 2).exp())
    reconstruction = F.binary_cross_entropy_with_logits(logits, x.flatten(1), reduction="none")
    kl = (mean.square() + log_variance.exp() - 1 - log_variance).sum(1) / 2
    return reconstruction.sum(1), kl


def fit(
    kind: type[DigitVAE], data: Path, seed: int, say: Say, *, epochs: int,
    load: Callable[[Path], Digits] = load_digits,
) -> Result:  # fmt: skip
    """Train by Adam, one cycle; ship the moving average of the weights.

    load: gives the pictures to learn from.
    """
    torch.manual_seed(seed)  # the initial weights; a training run is a process of its own
    model, digits = kind(), load(data)
    generator = torch.Generator().manual_seed(seed)
    steps = epochs * (len(digits.x) // BATCH)

    def loss(x: Tensor, step: int) -> Tensor:
        reconstruction, kl = terms(model, binarise(x, generator), generator)
        return (reconstruction + min(1.0, step / (WARM * steps)) * kl).mean()

    def look(average: DigitVAE, now: str) -> None:
        say(f"{now}{measure(average, digits.x_held, seed)}")

    model = one_cycle(
        model, digits.x, loss, generator, look, epochs=epochs, decay=0.999, steepest=100.0
    )
    return Result(model, measure(model, digits.x_test, seed))


@torch.no_grad()
def measure(model: DigitVAE, x: Tensor, seed: int) -> dict[str, float]:
    """Return the mean negative ELBO and its two terms, in nats a picture."""
    generator = torch.Generator().manual_seed(seed)
    x = binarise(x, generator)
    parts = [torch.stack(terms(model, part, generator)) for part in x.split(1000)]
    reconstruction, kl = torch.cat(parts, 1).mean(1).tolist()
    return {"negative_elbo": reconstruction + kl, "reconstruction": reconstruction, "kl": kl}
