"""char-gru-shakespeare: two GRU layers of 256 on Shakespeare, for comparison."""

from collections.abc import Callable
from pathlib import Path

import torch

from labs.data.text import shakespeare
from labs.zoo.train.characters import Recipe, fit
from labs.zoo.train.digits import Result

DATA = "Tiny Shakespeare, all but the last tenth (Karpathy, 2015)"
STORED_AS = torch.float16
SEED = 5


def train(data: Path, say: Callable[[str], None]) -> Result:
    """Remake the checkpoint from the folder `data`, which holds `tinyshakespeare.txt`."""
    recipe = Recipe("gru", epochs=12, seed=SEED)
    text = shakespeare(data / "tinyshakespeare.txt")
    return fit(text, recipe, name="char-gru-shakespeare", say=say)
