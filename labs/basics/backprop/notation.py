"""The same numbers in the notation of three lectures."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

NOTATIONS: Mapping[str, str] = MappingProxyType({
    "letters": "J, y, b, z, a", "theta": "Θ, z, a, δ", "g": "W, z, g",
})  # fmt: skip
SUB = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
SUPER = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True)
class Names:
    """What one layer's numbers are called; d... are derivatives of the loss."""

    below: str  # the layer's input
    weight: str
    pre: str  # before the activation
    post: str  # after it
    dpost: str
    dpre: str
    dweight: str
    loss: str
    back: str  # how dpost comes from the layer above, as a formula


def names(notation: str, i: int, n: int) -> Names:
    """Return the names in layer i of n (the first layer after the input is 0)."""
    if notation == "theta":
        low, high = (f"⁽{k}⁾".translate(SUPER) for k in (i + 1, i + 2))
        return Names(
            f"a{low}", f"Θ{low}", f"z{high}", f"a{high}", f"∂J/∂a{high}", f"δ{high}",
            f"∂J/∂Θ{low}", "J", f"(Θ{high})ᵀ δ" + f"⁽{i + 3}⁾".translate(SUPER),
        )  # fmt: skip
    if notation == "g":
        low, high = (str(k).translate(SUB) for k in (i + 1, i + 2))
        above = str(i + 3).translate(SUB)
        return Names(
            f"z{low}", f"W{low}", f"W{low}z{low} + b{low}", f"z{high}", f"g{high}",
            f"g{high} ∘ f′", f"∂L/∂W{low}", "L", f"W{high}ᵀ (g{above} ∘ f′)",
        )  # fmt: skip
    last = i == n - 1
    index = "" if n <= 2 or last else str(i + 1)
    before = "" if n <= 2 else str(i)
    below = "x" if i == 0 else f"z{before}"
    pre, post, weight = ("b", "y", "β") if last else (f"a{index}", f"z{index}", f"α{index}")
    upper = "b" if i == n - 2 else f"a{i + 2}"
    above = "β" if i == n - 2 else f"α{i + 2}"
    return Names(
        below, weight, pre, post, f"∂J/∂{post}", f"∂J/∂{pre}", f"∂J/∂{weight}", "J",
        f"{above}ᵀ ∂J/∂{upper}",
    )  # fmt: skip
