"""One fixed shuffling of a digit's 784 pixels: every picture is scrambled in the same way."""

from functools import cache

import torch
from torch import Tensor

SEED = 784


@cache
def order() -> Tensor:
    """Return the permutation (784,): a shuffled picture's pixel i is the other's order[i]."""
    return torch.randperm(784, generator=torch.Generator().manual_seed(SEED))


def shuffle(x: Tensor) -> Tensor:
    """Return x: (..., 28, 28) with its pixels shuffled."""
    return x.reshape(*x.shape[:-2], 784)[..., order()].view(x.shape)
