"""Numbers, vectors and indices as text."""

from torch import Tensor

from labs.basics.backprop.notation import SUB


def number(x: float) -> str:
    """Return x with three decimals (more where it is small) and a true minus sign."""
    if x == 0:
        return "0.000"
    text = f"{x:.3f}" if abs(x) >= 5e-4 else f"{x:.1e}"
    return text.replace("-", "−")


def bracketed(x: float) -> str:
    """Return x as it stands in a product."""
    return f"({number(x)})" if x < 0 else number(x)


def vector(v: Tensor) -> str:
    """Return a vector or a matrix as text."""
    if v.dim() == 2:
        return "; ".join(vector(row) for row in v)
    return "  ".join(number(x) for x in v.tolist())


def sub(k: int) -> str:
    """Return an index below the line."""
    return str(k).translate(SUB)
