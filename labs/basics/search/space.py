"""The space of a search: a few settings, each with a range, linear or logarithmic."""

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from optuna.distributions import BaseDistribution, FloatDistribution, IntDistribution

Values = dict[str, float]
Unit = tuple[float, ...]  # one number in [0, 1] for each axis


@dataclass(frozen=True)
class Axis:
    """One setting: a number from low to high."""

    name: str
    label: str
    low: float
    high: float
    log: bool = False
    whole: bool = False
    widest: tuple[float, float] | None = None  # how far a range of one's own may go

    @property
    def limits(self) -> tuple[float, float]:
        """Between which numbers any range of it lies."""
        return self.widest or (self.low, self.high)

    def value(self, u: float) -> float:
        """Return what stands at u in [0, 1] of the axis."""
        v = min(max(self.spread(u), self.low), self.high)
        return round(v) if self.whole else v

    def spread(self, u: Any) -> Any:
        """Return where a number or a tensor u of the unit interval lies between the ends."""
        if self.log:
            return self.low * (self.high / self.low) ** u
        return self.low + u * (self.high - self.low)

    def place(self, value: float) -> float:
        """Return where a value stands, in [0, 1]."""
        low, high, v = self.low, self.high, value
        if self.log:
            low, high, v = math.log(low), math.log(high), math.log(v)
        return (v - low) / (high - low)

    def distribution(self) -> BaseDistribution:
        """Return the axis as Optuna knows it."""
        if self.whole:
            return IntDistribution(int(self.low), int(self.high), log=self.log)
        return FloatDistribution(self.low, self.high, log=self.log)


def values(axes: Sequence[Axis], unit: Sequence[float]) -> Values:
    """Return the settings at a place of the unit cube, by name."""
    return {axis.name: axis.value(u) for axis, u in zip(axes, unit, strict=True)}


def places(axes: Sequence[Axis], known: Mapping[str, float]) -> Unit:
    """Return where settings stand in the unit cube."""
    return tuple(axis.place(known[axis.name]) for axis in axes)


def grid(dimensions: int, most: int) -> list[Unit]:
    """Return the finest grid of at most so many places: the middles of equal boxes.

    Where no power fits, the first axes get one level more than the others.
    """
    levels = [1] * dimensions
    while True:
        for i in range(dimensions):
            finer = [level + (k == i) for k, level in enumerate(levels)]
            if levels[i] == min(levels) and math.prod(finer) <= most:
                levels = finer
                break
        else:
            break
    steps = [[(k + 0.5) / level for k in range(level)] for level in levels]
    return list(itertools.product(*steps))
