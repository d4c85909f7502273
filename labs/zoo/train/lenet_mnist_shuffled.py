"""lenet-mnist-shuffled: LeNet-5 on MNIST with every picture's pixels shuffled in the same way."""

from collections.abc import Callable
from pathlib import Path

import torch

from labs.data.shuffle import order
from labs.models.lenet import LeNet5
from labs.zoo.train.digits import Result, fit, load_digits

DATA = "MNIST, 55,000 training digits, pixels shuffled (LeCun, Cortes & Burges)"
STORED_AS = torch.float16
SEED = 5
EPOCHS = 12


def train(data: Path, say: Callable[[str], None]) -> Result:
    """Remake the checkpoint from the folder `data`, which holds `mnist.npz`."""
    torch.manual_seed(SEED)
    digits = load_digits(data, shuffle=order())
    return fit(LeNet5(), digits, epochs=EPOCHS, seed=SEED, say=say)
