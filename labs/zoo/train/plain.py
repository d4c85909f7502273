"""The recipe of ae-mnist: the nets of vae-mnist as a plain autoencoder, whose code is a place."""

from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor

from labs.models.vae import WideVAE
from labs.zoo.train.cycle import one_cycle
from labs.zoo.train.digits import Result, Say, load_digits

EPOCHS = 14


def train(data: Path, seed: int, say: Say) -> Result:
    """Train by Adam on cross-entropy, one cycle; ship the moving average of the weights."""
    torch.manual_seed(seed)  # the initial weights; a training run is a process of its own
    model, digits = WideVAE(), load_digits(data)
    generator = torch.Generator().manual_seed(seed)

    def loss(x: Tensor, step: int) -> Tensor:
        logits = model.logits(model.encode(x)[0])
        return 784 * F.binary_cross_entropy_with_logits(logits, x.flatten(1))  # nats a picture

    def look(average: WideVAE, now: str) -> None:
        say(f"{now}{squared_error(average, digits.x_held):.3f}")

    model = one_cycle(model, digits.x, loss, generator, look, epochs=EPOCHS, decay=0.99)
    return Result(model, {"squared_error": squared_error(model, digits.x_test)})


@torch.no_grad()
def squared_error(model: WideVAE, x: Tensor) -> float:
    """Return the mean squared error of a picture that came back from its mean code."""
    return (model(x) - x).square().flatten(1).sum(1).mean().item()
