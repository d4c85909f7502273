"""What the recipes of the MNIST readers share: the split, the loop, the measurement."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from labs.data.distortions import Distortion, distort

HELD_OUT = 5_000  # the last training digits choose the epoch; the test set never does
LEARNING_RATE = 3e-3
BATCH = 128
Say = Callable[[str], None]  # reports how far it is
Augment = Callable[[Tensor, float, torch.Generator], Tensor]  # images, share of training done


@dataclass(frozen=True)
class Digits:
    """MNIST in three parts: images (N, 1, 28, 28) in [0, 1], labels (N,)."""

    x: Tensor
    y: Tensor
    x_held: Tensor
    y_held: Tensor
    x_test: Tensor
    y_test: Tensor


@dataclass(frozen=True)
class Result:
    """A finished training: the weights and what was measured."""

    model: nn.Module
    metrics: dict[str, float]


def load_digits(data: Path, shuffle: Tensor | None = None) -> Digits:
    """Read `mnist.npz`; with `shuffle`, a permutation of 784, every image is shuffled alike."""
    with np.load(data / "mnist.npz") as file:
        arrays = {name: torch.from_numpy(file[name]) for name in file.files}

    def images(raw: Tensor) -> Tensor:
        flat = raw.flatten(1).float() / 255
        return (flat if shuffle is None else flat[:, shuffle]).view(-1, 1, 28, 28)

    x, y = images(arrays["x_train"]), arrays["y_train"].long()
    return Digits(
        x[:-HELD_OUT],
        y[:-HELD_OUT],
        x[-HELD_OUT:],
        y[-HELD_OUT:],
        images(arrays["x_test"]),
        arrays["y_test"].long(),
    )


def eased(x: Tensor, done: float, generator: torch.Generator) -> Tensor:
    """Return x distorted strongly; the last third eases towards digits as they are."""
    share = min(1.0, 1.0 - 0.75 * (done - 0.66) / 0.34)
    return distort(x, Distortion().times(share), generator=generator)


def fit(
    kind: Callable[[], nn.Module],
    data: Path,
    seed: int,
    say: Say,
    *,
    epochs: int = 12,
    shuffle: Tensor | None = None,
    augment: Augment | None = None,
) -> Result:
    """Train with AdamW and a cosine, keep the moving average of the best held-out epoch."""
    torch.manual_seed(seed)  # the initial weights; a training run is a process of its own
    model, digits = kind(), load_digits(data, shuffle)
    generator = torch.Generator().manual_seed(seed)
    optimizer = torch.optim.AdamW(model.parameters(), LEARNING_RATE, weight_decay=1e-2)
    steps = epochs * (len(digits.x) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, LEARNING_RATE, steps, pct_start=0.1)
    average = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(0.999))
    best, best_state = -1.0, model.state_dict()
    for epoch in range(epochs):
        for index in torch.randperm(len(digits.x), generator=generator).split(BATCH):
            if len(index) < BATCH:
                continue
            x, y = digits.x[index], digits.y[index]
            if augment is not None:
                x = augment(x, epoch / epochs, generator)
            loss = F.cross_entropy(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            average.update_parameters(model)
        held = accuracy(average.module, digits.x_held, digits.y_held)
        say(f"epoch {epoch + 1:3d}  last batch's loss {loss.item():.4f}  held-out {held:.2%}")
        if held >= best:
            best = held
            best_state = {k: v.clone() for k, v in average.module.state_dict().items()}
    model.load_state_dict(best_state)
    model.half().float()  # measure what is shipped: weights rounded to float16
    test = accuracy(model, digits.x_test, digits.y_test)
    return Result(model, {"held_out_accuracy": best, "test_accuracy": test})


@torch.no_grad()
def accuracy(model: nn.Module, x: Tensor, y: Tensor) -> float:
    """Share of x that the model puts in class y."""
    said = torch.cat([model(part).argmax(1) for part in x.split(1000)])
    return (said == y).sum().item() / len(y)
