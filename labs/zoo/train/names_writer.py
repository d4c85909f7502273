"""names-writer: a GRU that writes surnames of a given language."""

from collections.abc import Callable
from pathlib import Path

import torch

from labs.zoo.train.digits import Result
from labs.zoo.train.names import DATA, fit_writer

__all__ = ["DATA", "SEED", "STORED_AS", "train"]
STORED_AS = torch.float16
SEED = 5


def train(data: Path, say: Callable[[str], None]) -> Result:
    """Remake the checkpoint from the folder `data`, which holds `names/`."""
    return fit_writer(data, SEED, say)
