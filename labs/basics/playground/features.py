"""What the net is given of a point: its coordinates, products, waves, or a whole set of features.

The lecture's three ways to choose features by hand stand beside x1 and x2: a polynomial, radial
basis functions, and *random* features, fixed random units of which only the sum is learnt (Rahimi &
Recht 2008, "Weighted sums of random kitchen sinks").
"""

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

from labs.numerals import minus, written


@dataclass(frozen=True)
class Feature:
    """A function of the plane; f: (2, N) -> (N,).  `code` is the same in the exported script."""

    key: str
    name: str
    f: Callable[[Tensor], Tensor]
    code: str


SINGLE = (
    Feature("x1", "x₁", lambda x: x[0], "x[0]"),
    Feature("x2", "x₂", lambda x: x[1], "x[1]"),
    Feature("x1x1", "x₁²", lambda x: x[0] ** 2, "x[0] ** 2"),
    Feature("x2x2", "x₂²", lambda x: x[1] ** 2, "x[1] ** 2"),
    Feature("x1x2", "x₁x₂", lambda x: x[0] * x[1], "x[0] * x[1]"),
    Feature("sin1", "sin 3x₁", lambda x: torch.sin(3 * x[0]), "torch.sin(3 * x[0])"),
    Feature("sin2", "sin 3x₂", lambda x: torch.sin(3 * x[1]), "torch.sin(3 * x[1])"),
)


def _power(i: int, j: int) -> Feature:
    name = "".join(f"{v}{'' if k == 1 else '⁰¹²³⁴⁵'[k]}" for v, k in (("x₁", i), ("x₂", j)) if k)
    code = f"x[0] ** {i} * x[1] ** {j}"
    return Feature(f"p{i}{j}", name, lambda x: x[0] ** i * x[1] ** j, code)


def _radial(u: float, v: float, width: float) -> Feature:
    def f(x: Tensor) -> Tensor:
        return torch.exp(-((x[0] - u) ** 2 + (x[1] - v) ** 2) / (2 * width**2))

    code = f"torch.exp(-((x[0] - {u!r}) ** 2 + (x[1] - {v!r}) ** 2) / {2 * width**2!r})"
    return Feature(f"r{u:.2f},{v:.2f}", minus(f"φ({u:.1f}, {v:.1f})"), f, code)


def _random(k: int) -> Feature:
    a, b, c = torch.randn(3, generator=torch.Generator().manual_seed(900 + k)).mul_(3).tolist()
    name = f"tanh({written(a, '.1f')}x₁{written(b, '+.1f')}x₂{written(c / 2, '+.1f')})"
    code = f"torch.tanh({a!r} * x[0] + {b!r} * x[1] + {c / 2!r})"
    return Feature(f"w{k}", name, lambda x: torch.tanh(a * x[0] + b * x[1] + c / 2), code)


GRID = (-0.75, -0.25, 0.25, 0.75)
SETS: dict[str, tuple[Feature, ...]] = {
    "none": (),
    "polynomial": tuple(_power(d - j, j) for d in range(1, 5) for j in range(d + 1)),
    "radial": tuple(_radial(u, v, 0.3) for v in reversed(GRID) for u in GRID),
    "random": tuple(_random(k) for k in range(16)),
}


def chosen(keys: str, kind: str) -> tuple[Feature, ...]:
    """Return the features of a set, or of "none" the single ones in `keys`, such as "x1,x2".

    Raises ValueError in one sentence.
    """
    if kind != "none":
        return SETS[kind]
    wanted = set(filter(None, keys.split(",")))
    known = {feature.key for feature in SINGLE}
    if not wanted or not wanted <= known:
        raise ValueError(f"The features are one or more of {', '.join(sorted(known))}.")
    return tuple(feature for feature in SINGLE if feature.key in wanted)


def apply(features: tuple[Feature, ...], x: Tensor) -> Tensor:
    """Return the features of x: (2, N) as (features, N)."""
    return torch.stack([feature.f(x) for feature in features])
