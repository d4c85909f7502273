"""A plane through a code of many numbers: two directions, and where a code lies along them.

The directions in which codes differ most are their principal components, as in Radford, Metz &
Chintala (2016), https://arxiv.org/abs/1511.06434, one walks along differences of codes.
"""

import torch
from torch import Tensor

from labs.generative.autoencoders.pca import components


def two_numbers(first: int, second: int, k: int) -> Tensor:
    """Return the axes of two numbers of a code of k, (k, 2); of one number and the next where both
    are the same.
    """
    return torch.eye(k)[:, [first, second if second != first else (first + 1) % k]]


def most_different(codes: Tensor) -> Tensor:
    """Return the two orthonormal directions along which codes (N, k) vary most, (k, 2)."""
    return components(codes).axes[:, :2]


def split(z: Tensor, directions: Tensor) -> tuple[Tensor, Tensor]:
    """Return a code z: (k,) as a middle (k,), in which the directions have no part, and a place
    (2,): z = middle + directions @ place.
    """
    place = directions.T @ z
    return z - directions @ place, place
