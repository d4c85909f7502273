"""The recipe of the variational autoencoders: the negative ELBO of digits of black and white.

A pixel is ink with the probability that is its grey: it is drawn anew at every step, and once
from the seed for the measurement, which takes one sample of each code.
"""

from collections.abc import Callable
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from labs.models.vae import DigitVAE
from labs.zoo.train.digits import Digits, Result, Say, load_digits

BATCH = 200
LEARNING_RATE = 2e-3
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
    optimizer = torch.optim.Adam(model.parameters(), LEARNING_RATE)
    per_epoch = len(digits.x) // BATCH
    steps = epochs * per_epoch
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, LEARNING_RATE, steps, pct_start=0.1)
    average = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(0.999))
    for epoch in range(epochs):
        order = torch.randperm(len(digits.x), generator=generator)[: per_epoch * BATCH]
        for index in order.split(BATCH):
            x = binarise(digits.x[index], generator)
            reconstruction, kl = terms(model, x, generator)
            weight = min(1.0, (schedule.last_epoch + 1) / (WARM * steps))
            loss = (reconstruction + weight * kl).mean()
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 100.0)
            optimizer.step()
            schedule.step()
            average.update_parameters(model)
        if (epoch + 1) % 5 == 0:
            held = measure(average.module, digits.x_held, seed)
            say(f"epoch {epoch + 1:3d}  loss {loss.item():.1f}  held-out {held}")
    model = average.module
    model.half().float()  # measure what is shipped: weights rounded to float16
    return Result(model, measure(model, digits.x_test, seed))


@torch.no_grad()
def measure(model: DigitVAE, x: Tensor, seed: int) -> dict[str, float]:
    """Return the mean negative ELBO and its two terms, in nats a picture."""
    generator = torch.Generator().manual_seed(seed)
    x = binarise(x, generator)
    parts = [torch.stack(terms(model, part, generator)) for part in x.split(1000)]
    reconstruction, kl = torch.cat(parts, 1).mean(1).tolist()
    return {"negative_elbo": reconstruction + kl, "reconstruction": reconstruction, "kl": kl}
