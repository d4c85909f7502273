"""names-backwards: a GRU that reads surnames from the last letter to the first."""

from collections.abc import Callable
from pathlib import Path

import torch

from labs.models.names import BackwardReader
from labs.zoo.train.digits import Result
from labs.zoo.train.names import DATA, fit

__all__ = ["DATA", "SEED", "STORED_AS", "train"]
STORED_AS = torch.float16
SEED = 5


def train(data: Path, say: Callable[[str], None]) -> Result:
    """Remake the checkpoint from the folder `data`, which holds `names/`."""
    return fit(BackwardReader, data, SEED, say)
