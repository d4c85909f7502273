"""char-lstm-python: two LSTM layers of 256 on the standard library's source."""

from collections.abc import Callable
from pathlib import Path

import torch

from labs.data.text import python_source
from labs.zoo.train.characters import Recipe, fit
from labs.zoo.train.digits import Result

DATA = "the standard library's source as installed, all but the last tenth"
STORED_AS = torch.float16
SEED = 5


def train(data: Path, say: Callable[[str], None]) -> Result:
    """Remake the checkpoint from the interpreter's own library; `data` is not needed."""
    recipe = Recipe("lstm", epochs=3, seed=SEED)
    return fit(python_source(), recipe, name="char-lstm-python", say=say)
