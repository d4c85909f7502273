"""The recipe of ae-mnist: the nets of vae-mnist as a plain autoencoder, whose code is a place."""

from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from labs.models.vae import WideVAE
from labs.zoo.train.digits import Result, Say, load_digits

BATCH = 200
LEARNING_RATE = 2e-3
EPOCHS = 14


def train(data: Path, seed: int, say: Say) -> Result:
    """Train by Adam on cross-entropy, one cycle; ship the moving average of the weights."""
    torch.manual_seed(seed)  # the initial weights; a training run is a process of its own
    model, digits = WideVAE(), load_digits(data)
    generator = torch.Generator().manual_seed(seed)
    optimizer = torch.optim.Adam(model.parameters(), LEARNING_RATE)
    steps = EPOCHS * (len(digits.x) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, LEARNING_RATE, steps, pct_start=0.1)
    average = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(0.99))
    for epoch in range(EPOCHS):
        for index in torch.randperm(len(digits.x), generator=generator).split(BATCH):
            x = digits.x[index]
            logits = model.logits(model.encode(x)[0])
            loss = 784 * F.binary_cross_entropy_with_logits(logits, x.flatten(1))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            average.update_parameters(model)
        say(f"epoch {epoch + 1:3d}  held-out {squared_error(average.module, digits.x_held):.3f}")
    model = average.module
    model.half().float()  # measure what is shipped: weights rounded to float16
    return Result(model, {"squared_error": squared_error(model, digits.x_test)})


@torch.no_grad()
def squared_error(model: WideVAE, x: Tensor) -> float:
    """Return the mean squared error of a picture that came back from its mean code."""
    return (model(x) - x).square().flatten(1).sum(1).mean().item()
