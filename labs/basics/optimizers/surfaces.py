"""Loss surfaces over the plane, from a bowl to Himmelblau's four valleys.

Each is the mean of 64 terms, f_i(p) = f(p) + n_i . p, whose slopes n_i sum to nothing: the full
batch has the gradient of f exactly, a mini-batch that of f plus noise that shrinks with its size.
Test functions: Jamil & Yang 2013, https://arxiv.org/abs/1308.4008.
"""

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

import torch
from torch import Tensor

TERMS = 64  # of the mean that a surface is

Point = tuple[float, float]


class Surface(Protocol):
    """What a race needs to know of a surface.  Points are (..., 2) in float64."""

    title: str
    low: Point  # lower left corner of the picture
    high: Point
    start: Point
    minima: tuple[Point, ...]
    rates: Mapping[str, float]  # learning rates to begin with
    batch: int  # examples a gradient is taken of to begin with
    grid: int  # points along each side of its picture
    latex: str
    remark: str

    def value(self, points: Tensor) -> Tensor:
        """Return f of the full batch at points: (..., 2) -> (...)."""

    def gradient(self, points: Tensor, batch: int, generator: torch.Generator) -> Tensor:
        """Return the gradient at points (K, 2), by a batch drawn from `generator`."""


@dataclass(frozen=True)
class Formula:
    """A surface given by a formula of x and y."""

    title: str
    f: Callable[[Tensor, Tensor], Tensor]
    code: str  # the same, as a script writes it
    latex: str
    low: Point
    high: Point
    start: Point
    minima: tuple[Point, ...]
    rates: Mapping[str, float]
    remark: str
    batch: int = TERMS
    noise: float = 1.0  # deviation of the slopes n_i
    grid: int = 121  # points along each side of the picture
    terms: Tensor = dataclasses.field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Draw the slopes of the terms; their mean is 0."""
        generator = torch.Generator().manual_seed(0)
        slopes = torch.randn(TERMS, 2, dtype=torch.float64, generator=generator)
        object.__setattr__(self, "terms", self.noise * (slopes - slopes.mean(0)))

    def value(self, points: Tensor) -> Tensor:
        """Return f at points: (..., 2) -> (...)."""
        return self.f(points[..., 0], points[..., 1])

    def gradient(self, points: Tensor, batch: int, generator: torch.Generator) -> Tensor:
        """Return the gradient (K, 2) at points (K, 2): all points see the same batch."""
        points = points.detach().requires_grad_()
        with torch.enable_grad():
            (g,) = torch.autograd.grad(self.value(points).sum(), points)
        if batch >= TERMS:
            return g
        chosen = torch.randperm(TERMS, generator=generator)[:batch]
        return g + self.terms[chosen].mean(0)


def _rates(sgd: float, momentum: float, scaled: float, adagrad: float) -> Mapping[str, float]:
    return MappingProxyType({
        "SGD": sgd, "momentum": momentum, "Nesterov": momentum, "RMSProp": scaled,
        "Adagrad": adagrad, "Adam": scaled,
    })  # fmt: skip


def _beale(x: Tensor, y: Tensor) -> Tensor:
    return (1.5 - x + x * y) ** 2 + (2.25 - x + x * y**2) ** 2 + (2.625 - x + x * y**3) ** 2


SURFACES: Mapping[str, Formula] = MappingProxyType({
    "bowl": Formula(
        "bowl", lambda x, y: x**2 + y**2, "x**2 + y**2", "x^2 + y^2", (-3, -3), (3, 3), (-2.4, 1.6),
        ((0.0, 0.0),), _rates(0.1, 0.05, 0.1, 0.5),
        "The same curvature everywhere: even plain gradient descent goes straight.",
    ),
    "ravine": Formula(
        "ravine", lambda x, y: 0.5 * (x**2 + 25 * y**2), "0.5 * (x**2 + 25 * y**2)",
        r"\tfrac12 (x^2 + 25 y^2)",
        (-3, -1.6), (3, 1.6), (-2.6, 1.2), ((0.0, 0.0),), _rates(0.07, 0.015, 0.05, 0.4),
        "Steep across, flat along: the learning rate must suit the steep side, and the flat side "
        "waits.  Momentum and scaling are answers to this picture.",
    ),
    "rosenbrock": Formula(
        "Rosenbrock", lambda x, y: (1 - x) ** 2 + 100 * (y - x**2) ** 2,
        "(1 - x) ** 2 + 100 * (y - x**2) ** 2",
        "(1 - x)^2 + 100 (y - x^2)^2", (-2, -1), (2, 3), (-1.4, 2.2), ((1.0, 1.0),),
        _rates(0.001, 0.0004, 0.02, 0.5),
        "A bent ravine: into it is easy, along it is long.",
    ),
    "beale": Formula(
        "Beale", _beale,
        "(1.5 - x + x * y) ** 2 + (2.25 - x + x * y**2) ** 2 + (2.625 - x + x * y**3) ** 2",
        r"(1.5 - x + xy)^2 + (2.25 - x + xy^2)^2 + (2.625 - x + xy^3)^2",
        (-1, -1.6), (4.2, 1.6), (1.0, 1.2), ((3.0, 0.5),), _rates(0.005, 0.002, 0.02, 0.4),
        "Flat valleys between steep corners: gradients differ by orders of magnitude.",
    ),
    "himmelblau": Formula(
        "Himmelblau", lambda x, y: (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2,
        "(x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2",
        "(x^2 + y - 11)^2 + (x + y^2 - 7)^2", (-5.5, -5.5), (5.5, 5.5), (-0.4, -1.2),
        ((3.0, 2.0), (-2.805118, 3.131312), (-3.779310, -3.283186), (3.584428, -1.848126)),
        _rates(0.01, 0.004, 0.1, 1.0),
        "Four minima, all equally deep: which one is reached is a matter of start and optimizer.",
    ),
    "saddle": Formula(
        "saddle", lambda x, y: 0.5 * x**2 - 0.5 * y**2 + 0.05 * y**4,
        "0.5 * x**2 - 0.5 * y**2 + 0.05 * y**4",
        r"\tfrac12 x^2 - \tfrac12 y^2 + \tfrac1{20} y^4", (-3, -3.4), (3, 3.4), (-2.5, 0.01),
        ((0.0, 5**0.5), (0.0, -(5**0.5))), _rates(0.1, 0.05, 0.05, 0.4),
        "The gradient is nearly 0 at the saddle; scaling by its own size walks on.",
    ),
    "plateau": Formula(
        "plateau", lambda x, y: 1 - torch.exp(-0.5 * (x**2 + y**2)),
        "1 - torch.exp(-0.5 * (x**2 + y**2))",
        r"1 - e^{-\frac12 (x^2 + y^2)}", (-4, -4), (4, 4), (-2.7, 2.0), ((0.0, 0.0),),
        _rates(0.5, 0.3, 0.05, 0.3),
        "Far out the slope is next to nothing: what divides by the slope's size does not mind.",
    ),
    "ripples": Formula(
        "ripples", lambda x, y: 0.15 * (x**2 + y**2) + 0.6 * (2 - torch.cos(3 * x)
                                                             - torch.cos(3 * y)),
        "0.15 * (x**2 + y**2) + 0.6 * (2 - torch.cos(3 * x) - torch.cos(3 * y))",
        r"0.15 (x^2 + y^2) + 0.6 (2 - \cos 3x - \cos 3y)", (-4, -4), (4, 4), (-3.4, 2.9),
        ((0.0, 0.0),), _rates(0.1, 0.12, 0.1, 0.5),
        "Many small minima: velocity can carry a ball over a ripple.",
    ),
    "noisy": Formula(
        "noisy bowl", lambda x, y: 0.5 * (x**2 + 6 * y**2), "0.5 * (x**2 + 6 * y**2)",
        r"\tfrac12 (x^2 + 6 y^2)", (-3, -2),
        (3, 2), (-2.6, 1.5), ((0.0, 0.0),), _rates(0.15, 0.03, 0.05, 0.4),
        "A gradient of four terms out of 64: at the bottom all that is left is noise, and it "
        "keeps the balls moving in proportion to their learning rate.", 4, 6.0,
    ),
})  # fmt: skip


def field(surface: Surface) -> Tensor:
    """Return the loss over the picture, (grid, grid); row 0 is the lower edge."""
    x, y = (
        torch.linspace(low, high, surface.grid, dtype=torch.float64)
        for low, high in zip(surface.low, surface.high, strict=True)
    )
    return surface.value(torch.stack(torch.meshgrid(x, y, indexing="xy"), dim=-1))
