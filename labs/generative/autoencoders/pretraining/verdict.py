"""Two readers of the same digits: how often one alone is right, and whether that may be chance.

McNemar (1947), Note on the sampling error of the difference between correlated proportions,
https://doi.org/10.1007/BF02295996; here the exact sign test.
"""

from math import comb

from torch import Tensor


def alone(first: Tensor, second: Tensor) -> tuple[int, int]:
    """Return on how many digits only the first is right, and only the second; (N,) of bool each."""
    return int((first & ~second).sum()), int((second & ~first).sum())


def chance(a: int, b: int) -> float:
    """Return how likely so uneven a split of a + b fair throws is, or a more uneven one."""
    n, most = a + b, max(a, b)
    return min(1.0, 2 * sum(comb(n, k) for k in range(most, n + 1)) / 2**n)
