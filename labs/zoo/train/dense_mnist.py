"""dense-mnist: two dense layers on MNIST, which do not know what a neighbour is."""

from collections.abc import Callable
from pathlib import Path

import torch

from labs.models.readers import TwoLayers
from labs.zoo.train.digits import Result, fit, load_digits

DATA = "MNIST, 55,000 training digits (LeCun, Cortes & Burges)"
STORED_AS = torch.float16
SEED = 5
EPOCHS = 12


def train(data: Path, say: Callable[[str], None]) -> Result:
    """Remake the checkpoint from the folder `data`, which holds `mnist.npz`."""
    torch.manual_seed(SEED)
    digits = load_digits(data)
    return fit(TwoLayers(), digits, epochs=EPOCHS, seed=SEED, say=say)
