"""What the recipes of doodles learn from: bitmaps of Quick, Draw!, as many of each kind."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from labs.zoo.train.digits import Digits

KINDS = (
    "airplane", "apple", "car", "cat", "eye", "fish", "flower", "guitar", "house", "sailboat",
    "tree", "umbrella",
)  # fmt: skip
EACH = 2700  # training drawings of a kind; where there are fewer they come again
HELD_OUT = 50  # of a kind, for looks on the way
SHOWN = Path("quickdraw") / "quickdraw.npz"


def load_doodles(data: Path, kinds: Sequence[str] = KINDS) -> Digits:
    """Read `quickdraw/quickdraw.npz`: images (N, 1, 28, 28) in [0, 1], labels in `kinds`."""
    with np.load(data / SHOWN) as file:
        names = list(file["names"])
        parts = {part: (file[f"x_{part}"], file[f"y_{part}"]) for part in ("train", "test")}
    train: list[np.ndarray] = []
    held: list[np.ndarray] = []
    test: list[np.ndarray] = []
    for kind in kinds:
        (x, y), (x_test, y_test) = parts["train"], parts["test"]
        mine = x[y == names.index(kind)]
        held.append(mine[:HELD_OUT])
        train.append(np.resize(mine[HELD_OUT:], (EACH, 28, 28)))
        test.append(x_test[y_test == names.index(kind)])

    def tensors(found: list[np.ndarray]) -> tuple[Tensor, Tensor]:
        labels = [torch.full((len(x),), k) for k, x in enumerate(found)]
        return torch.from_numpy(np.concatenate(found))[:, None] / 255, torch.cat(labels)

    return Digits(*tensors(train), *tensors(held), *tensors(test))
