"""A picture sent through an autoencoder again and again, and how far it is from the clean one.

Bengio et al. (2013), Generalized denoising auto-encoders as generative models,
https://arxiv.org/abs/1305.6663: to clean again and again leads to where the digits are.
"""

from collections.abc import Callable

import torch
from torch import Tensor


def cleanings(net: Callable[[Tensor], Tensor], x: Tensor, times: int) -> Tensor:
    """Return x: (1, 1, 28, 28) and what the net makes of it, of that, and so on, (times + 1, 1,
    28, 28).
    """
    found = [x]
    for _ in range(times):
        found.append(net(found[-1]))
    return torch.cat(found)


def squared_errors(pictures: Tensor, clean: Tensor) -> Tensor:
    """Return the squared error of each picture, (N,), summed over its pixels."""
    return (pictures - clean).square().flatten(1).sum(1)
