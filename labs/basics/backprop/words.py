"""Vectors and indices as text."""

from torch import Tensor

from labs.basics.backprop.notation import SUB
from labs.numerals import number


def vector(v: Tensor) -> str:
    """Return a vector or a matrix as text."""
    if v.dim() == 2:
        return "; ".join(vector(row) for row in v)
    return "  ".join(number(x) for x in v.tolist())


def sub(k: int) -> str:
    """Return an index below the line."""
    return str(k).translate(SUB)
