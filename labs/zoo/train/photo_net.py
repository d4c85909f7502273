"""photo-net: PhotoNet on a hundred classes of Tiny ImageNet, for dreaming and for attacking."""

from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from labs.models.photo import PhotoNet
from labs.zoo.train.digits import Result, Say
from labs.zoo.train.photos import Phase, Recipe, fit, load_photos, measure

CYCLES = (  # resampled photos are soft: only the end of the second cycle sees them as they are
    Recipe((Phase(6, 40, 0.5), Phase(7, 48, 0.5), Phase(5, 60, 0.8)), learning_rate=0.15, seed=7),
    Recipe((Phase(5, 64, 0.5), Phase(4, 64, 1.0)), learning_rate=0.1, seed=8, warm_up=0.1),
)


def train(data: Path, seed: int, say: Say) -> Result:
    """Remake the checkpoint from the folder `data`, which holds `tiny_imagenet_100`."""
    torch.manual_seed(seed)  # the initial weights; a training run is a process of its own

    def loss_of(
        model: nn.Module, x: Tensor, y: Tensor, generator: torch.Generator, progress: float
    ) -> Tensor:
        return F.cross_entropy(model(x), y, label_smoothing=0.1)

    model, photos = PhotoNet(), load_photos(data)
    for number, recipe in enumerate(CYCLES, 1):
        fit(model, photos, recipe, loss_of, name=f"photo-net-{number}", say=say)
    return measure(model, photos, seed)
