"""The recipe of rbm-mnist: persistent contrastive divergence, measured by annealing.

Tieleman (2008), https://doi.org/10.1145/1390156.1390290 (the chains go on from step to step);
Salakhutdinov & Murray (2008), https://doi.org/10.1145/1390156.1390266 (the partition function).
"""

import math
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from labs.models.rbm import RBM
from labs.zoo.train.digits import Result, Say, load_digits

BATCH = 128
LEARNING_RATE = 0.05
EPOCHS = 20
DECAY = 1e-4  # of W, which keeps the chains moving


def gradient(rbm: RBM, v: Tensor, chain: Tensor) -> dict[str, Tensor]:
    """Return the estimate of the gradient of log p(v): what data say minus what the chains say."""
    h, h_chain = rbm.hidden(v), rbm.hidden(chain)
    return {
        "W": v.T @ h / len(v) - chain.T @ h_chain / len(chain) - DECAY * rbm.W,
        "a": v.mean(0) - chain.mean(0),
        "b": h.mean(0) - h_chain.mean(0),
    }


@torch.no_grad()
def train(data: Path, seed: int, say: Say) -> Result:
    """Train by persistent contrastive divergence; ship the moving average of the weights."""
    generator = torch.Generator().manual_seed(seed)
    rbm, digits = RBM(), load_digits(data)
    x = digits.x.flatten(1)
    rbm.W.normal_(0, 0.01, generator=generator)
    share = x.mean(0).clamp(0.005, 0.995)
    rbm.a.copy_(share.logit())
    base = rbm.a.clone()
    chain = torch.bernoulli(share.expand(BATCH, -1), generator=generator)
    average = AveragedModel(rbm, multi_avg_fn=get_ema_multi_avg_fn(0.999))
    for epoch in range(EPOCHS):
        for index in torch.randperm(len(x), generator=generator).split(BATCH):
            v = torch.bernoulli(x[index], generator=generator)
            chain = rbm.gibbs(chain, 1, generator)
            rate = LEARNING_RATE * (1 - epoch / EPOCHS)
            for name, g in gradient(rbm, v, chain).items():
                getattr(rbm, name).add_(g, alpha=rate)
            average.update_parameters(rbm)
        if (epoch + 1) % 5 == 0:
            error = (rbm.visible(rbm.hidden(v)) - v).square().mean().item()
            say(f"epoch {epoch + 1:3d}  squared error of the last batch {error:.4f}")
    rbm = average.module
    rbm.half().float()  # measure what is shipped: weights rounded to float16
    v = torch.bernoulli(digits.x_test.flatten(1), generator=generator)
    log_z = log_partition(rbm, base, generator)
    nll = log_z + rbm.free_energy(v).mean().item()
    error = (rbm.visible(rbm.hidden(v)) - v).square().mean().item()
    return Result(rbm, {"negative_log_likelihood": nll, "log_z": log_z, "squared_error": error})


@torch.no_grad()
def log_partition(
    rbm: RBM, base: Tensor, generator: torch.Generator, *, runs: int = 100, steps: int = 3000
) -> float:
    """Return an estimate of log Z by annealed importance sampling from units without edges.

    base: (visible,) biases of the machine without edges.  It errs towards too small a Z.
    """
    v = torch.bernoulli(base.sigmoid().expand(runs, -1), generator=generator)
    weight = torch.zeros(runs)

    def free(v: Tensor, beta: float) -> Tensor:
        return -(v @ torch.lerp(base, rbm.a, beta)) - F.softplus(beta * (v @ rbm.W + rbm.b)).sum(1)

    for k in range(steps):
        now, then = k / steps, (k + 1) / steps
        weight += free(v, now) - free(v, then)
        h = torch.bernoulli((then * (v @ rbm.W + rbm.b)).sigmoid(), generator=generator)
        a = torch.lerp(base, rbm.a, then)
        v = torch.bernoulli((then * (h @ rbm.W.T) + a).sigmoid(), generator=generator)
    log_base = F.softplus(base).sum() + rbm.b.numel() * math.log(2)
    return (log_base + weight.logsumexp(0) - math.log(runs)).item()
