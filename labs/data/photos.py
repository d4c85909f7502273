"""Photographs that need no network: scikit-image's and scikit-learn's own."""

from functools import cache

import skimage.data
import torch
from sklearn.datasets import load_sample_image
from torch import Tensor

NAMES = ("cat", "flower", "china", "coffee", "astronaut", "rocket", "galaxies")
_SKIMAGE = {"cat": "chelsea", "galaxies": "hubble_deep_field"}


@cache
def photo(name: str) -> Tensor:
    """Return the photograph (1, 3, H, W) in [0, 1].  Raises ValueError for an unknown name."""
    if name not in NAMES:
        raise ValueError(f"there is no photograph {name!r}; there are {', '.join(NAMES)}")
    if name in ("flower", "china"):
        array = load_sample_image(f"{name}.jpg")
    else:
        array = getattr(skimage.data, _SKIMAGE.get(name, name))()
    return torch.from_numpy(array.copy()).permute(2, 0, 1)[None].float() / 255
