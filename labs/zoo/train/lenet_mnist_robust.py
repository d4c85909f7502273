"""lenet-mnist-robust: LeNet-5 that learnt against an opponent who moves every pixel by up to 0.2.

Madry, Makelov, Schmidt, Tsipras & Vladu, "Towards deep learning models resistant to adversarial
attacks", https://arxiv.org/abs/1706.06083

Departures: so small a net stops learning when it meets the whole opponent at once, which the paper
saw too, so it starts from lenet-mnist's weights and eps grows during the first third of the run;
and the digits are distorted a little, so that it reads what people draw with a mouse.  What
`lenet-mnist` keeps under the same attack stands beside its own metrics, for comparison.
"""

from copy import deepcopy
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from labs import zoo
from labs.data.distortions import Distortion, distort
from labs.zoo.train.digits import Digits, Result, Say, accuracy, load_digits

EPOCHS = 12
BATCH = 128
LEARNING_RATE = 4e-3
EPS = 0.22  # a little more than it is measured at
STEPS = 2  # of the opponent in training
DISTORTION = 0.4  # of what lenet-mnist sees
ATTACKED = 1_000  # test digits that PGD-40 is measured on, the first ones
MEASURED = 0.2
RESTARTS = 5


def train(data: Path, seed: int, say: Say) -> Result:
    """Remake the checkpoint from the folder `data`, which holds `mnist.npz`."""
    digits = load_digits(data)
    model = deepcopy(zoo.load("lenet-mnist")).requires_grad_().train()
    model.to(memory_format=torch.channels_last)
    generator = torch.Generator().manual_seed(seed)
    optimizer = torch.optim.Adam(model.parameters(), LEARNING_RATE)
    per_epoch = len(digits.x) // BATCH
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, LEARNING_RATE, EPOCHS * per_epoch, pct_start=0.2
    )
    average = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(0.999))
    mild = Distortion().times(DISTORTION)
    for epoch in range(EPOCHS):
        order = torch.randperm(len(digits.x), generator=generator)[: per_epoch * BATCH]
        for step, index in enumerate(order.split(BATCH)):
            eps = EPS * min(1.0, 3 * (epoch + step / per_epoch) / EPOCHS)
            y = digits.y[index]
            x = distort(digits.x[index], mild, generator=generator).clamp(0, 1)
            x = x.contiguous(memory_format=torch.channels_last)
            moved = opponent(model, x, y, eps, STEPS, generator=generator)
            loss = F.cross_entropy(model(moved), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            average.update_parameters(model)
        net = average.module
        held = surviving(net, digits.x_held[:500], digits.y_held[:500], MEASURED, 1, generator)
        say(
            f"epoch {epoch + 1:3d}  last batch's loss {loss.item():.4f}  held-out "
            f"{accuracy(net, digits.x_held, digits.y_held):.2%}, attacked {held:.2%}"
        )
    model.load_state_dict(average.module.state_dict())
    return Result(model, measure(model, digits, seed))


def opponent(
    model: nn.Module,
    x: Tensor,
    y: Tensor,
    eps: float,
    steps: int,
    step_size: float | None = None,
    *,
    generator: torch.Generator,
) -> Tensor:
    """Return x: (N, 1, H, W) after `steps` of PGD from a random start in the box of +-eps.

    step_size: in pixels; 2.5 eps / steps unless it is given.
    """
    size = 2.5 * eps / steps if step_size is None else step_size
    low, high = (x - eps).clamp(min=0), (x + eps).clamp(max=1)
    moved = low + (high - low) * torch.rand(x.shape, generator=generator)
    for _ in range(steps):
        moved.requires_grad_()
        (grad,) = torch.autograd.grad(F.cross_entropy(model(moved), y, reduction="sum"), moved)
        moved = (moved.detach() + size * grad.sign()).clamp(low, high)
    return moved


def surviving(
    model: nn.Module, x: Tensor, y: Tensor, eps: float, restarts: int, generator: torch.Generator
) -> float:
    """Share of x that no restart of PGD-40 takes out of its class y; steps of 0.01."""
    with torch.no_grad():
        left = model(x).argmax(1) == y
    for _ in range(restarts):
        at = left.nonzero()[:, 0]
        moved = opponent(model, x[at], y[at], eps, 40, 0.01, generator=generator)
        with torch.no_grad():
            left[at] = model(moved).argmax(1) == y[at]
    return left.float().mean().item()


def measure(model: nn.Module, digits: Digits, seed: int) -> dict[str, float]:
    """Return accuracies: clean, attacked, and those of `lenet-mnist` under the same attack."""
    x, y = digits.x_test, digits.y_test
    metrics = {
        "held_out_accuracy": accuracy(model, digits.x_held, digits.y_held),
        "test_accuracy": accuracy(model, x, y),
    }
    for name, net in (("pgd40", model), ("lenet_mnist_pgd40", zoo.load("lenet-mnist"))):
        generator = torch.Generator().manual_seed(seed)
        some = x[:ATTACKED], y[:ATTACKED]
        metrics[f"{name}_eps20_accuracy"] = surviving(net, *some, MEASURED, RESTARTS, generator)
    return metrics
