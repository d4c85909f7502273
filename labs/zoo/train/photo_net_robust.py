"""photo-net-robust: photo-net trained on against an opponent, so that its gradients can be read.

Wong, Rice & Kolter, "Fast is better than free: revisiting adversarial training",
https://arxiv.org/abs/2001.03994

The opponent is FGSM from a random start in the box of +-eps, with their step of 1.25 eps.
Departures: it starts from photo-net's weights instead of from noise, and eps grows from nothing
over the first third of the run, which spares the small net the shock.
"""

from copy import deepcopy
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from labs import zoo
from labs.zoo.train.digits import Result, Say
from labs.zoo.train.photos import Phase, Recipe, fit, load_photos, measure

EPS = 4 / 255  # in pixels
RECIPE = Recipe(
    phases=(Phase(2, 32, 0.7), Phase(2, 40, 0.7), Phase(1, 56, 1.0)),
    learning_rate=0.1,
    seed=8,
)


def train(data: Path, seed: int, say: Say) -> Result:
    """Remake the checkpoint from the folder `data`, which holds `tiny_imagenet_100`."""

    def loss_of(
        model: nn.Module, x: Tensor, y: Tensor, generator: torch.Generator, progress: float
    ) -> Tensor:
        moved = fast_fgsm(model, x, y, EPS * min(1.0, 3 * progress), generator=generator)
        return F.cross_entropy(model(moved), y)

    model = deepcopy(zoo.load("photo-net")).requires_grad_()
    photos = load_photos(data)
    fit(model, photos, RECIPE, loss_of, name="photo-net-robust", say=say)
    return measure(model, photos, seed)


def fast_fgsm(
    model: nn.Module, x: Tensor, y: Tensor, eps: float, *, generator: torch.Generator
) -> Tensor:
    """Return x: (N, 3, H, W) in [0, 1] moved by at most eps per pixel, up the loss on y: (N,)."""
    noise = torch.rand(x.shape, generator=generator) * 2 - 1
    moved = (x + eps * noise).contiguous(memory_format=torch.channels_last).requires_grad_()
    (grad,) = torch.autograd.grad(F.cross_entropy(model(moved), y), moved)
    moved = moved.detach() + 1.25 * eps * grad.sign()
    return torch.minimum(torch.maximum(moved, x - eps), x + eps).clamp(0, 1)
