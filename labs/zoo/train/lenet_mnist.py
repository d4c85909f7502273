"""lenet-mnist: LeNet-5 on distorted MNIST, so that it reads what people draw with a mouse."""

from collections.abc import Callable
from pathlib import Path

import torch
from torch import Tensor

from labs.data.distortions import Distortion, distort
from labs.models.lenet import LeNet5
from labs.zoo.train.digits import Result, fit, load_digits

DATA = "MNIST, 55,000 training digits, distorted (LeCun, Cortes & Burges)"
STORED_AS = torch.float16
SEED = 5
EPOCHS = 100


def train(data: Path, say: Callable[[str], None]) -> Result:
    """Remake the checkpoint from the folder `data`, which holds `mnist.npz`."""
    torch.manual_seed(SEED)  # the initial weights; a training run is a process of its own
    full = Distortion()

    def augment(x: Tensor, done: float, generator: torch.Generator) -> Tensor:
        """Strong distortions first; the last third eases towards digits as they are."""
        share = min(1.0, 1.0 - 0.75 * (done - 0.66) / 0.34)
        return distort(x, full.times(share), generator=generator)

    return fit(
        LeNet5(),
        load_digits(data),
        epochs=EPOCHS,
        seed=SEED,
        augment=augment,
        say=say,
    )
