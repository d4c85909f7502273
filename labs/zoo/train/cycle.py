"""What the recipes of the autoencoders share: one cycle of Adam, and the average of the weights."""

import math
from collections.abc import Callable

import torch
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

BATCH = 200
LEARNING_RATE = 2e-3


def one_cycle(
    model: nn.Module, x: Tensor, loss: Callable[[Tensor, int], Tensor], generator: torch.Generator,
    look: Callable[[nn.Module, str], None], *, epochs: int, decay: float,
    steepest: float = math.inf,
) -> nn.Module:  # fmt: skip
    """Train a model on pictures x: (N, 1, 28, 28); return the moving average of its weights.

    They are rounded to float16 as they ship, so that what is measured is what ships.
    loss: of a batch at a step, counted from 1.  look: is given the average after every epoch, and
    how far it is.  decay: of the average.  steepest: norm of a gradient.
    """
    optimizer = torch.optim.Adam(model.parameters(), LEARNING_RATE)
    each = len(x) // BATCH
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, LEARNING_RATE, epochs * each, pct_start=0.1
    )
    average = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(decay))
    for epoch in range(epochs):
        order = torch.randperm(len(x), generator=generator)[: each * BATCH]
        for k, index in enumerate(order.split(BATCH)):
            found = loss(x[index], epoch * each + k + 1)
            optimizer.zero_grad()
            found.backward()
            nn.utils.clip_grad_norm_(model.parameters(), steepest)
            optimizer.step()
            schedule.step()
            average.update_parameters(model)
        look(average.module, f"epoch {epoch + 1:3d}  loss {found.item():.1f}  held-out ")
    return average.module.half().float()
