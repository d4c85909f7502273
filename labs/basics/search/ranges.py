"""Ranges of one's own for the settings of a search: "0.001 to 0.1 log, 0 to 0.01, 10 to 500"."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import torch
from torch import Tensor

from labs.basics.search.objectives import Objective
from labs.basics.search.space import Axis

NUMBER = r"[-+\u2212]?\d*\.?\d+(?:e[-+\u2212]?\d+)?"
RANGE = re.compile(rf"\s*({NUMBER})\s*(?:to|\u2026|\u2013)\s*({NUMBER})\s*(log|linear)?\s*", re.I)
LONGEST = 120  # characters


def said(axes: Sequence[Axis]) -> str:
    """Return the ranges of axes as they are typed."""
    return ", ".join(f"{a.low:g} to {a.high:g}" + (" log" if a.log else "") for a in axes)


def ranged(axes: Sequence[Axis], text: str) -> tuple[Axis, ...]:
    """Return the axes with the ranges of a text, one for each, comma by comma.

    Raises ValueError in one sentence.
    """
    parts = text[:LONGEST].split(",")
    if len(parts) != len(axes):
        raise ValueError(f"There are {len(axes)} settings, and {len(parts)} ranges are typed.")
    return tuple(_one(axis, part) for axis, part in zip(axes, parts, strict=True))


def _one(axis: Axis, part: str) -> Axis:
    found = RANGE.fullmatch(part)
    if found is None:
        raise ValueError(f"The range of {axis.label} is typed as in {said([axis])}.")
    low, high = (float(number.replace("\u2212", "-")) for number in found.groups()[:2])
    log = (found[3] or "").lower() == "log"
    least, most = axis.limits
    if not least <= low < high <= most:
        raise ValueError(
            f"The range of {axis.label} rises, and lies between {least:g} and {most:g}."
        )
    if log and low <= 0:
        raise ValueError(f"A logarithmic range begins above 0, that of {axis.label} at {low:g}.")
    if axis.whole:
        low, high = round(low), round(high)
        if low == high:
            raise ValueError(f"The range of {axis.label} holds more than one whole number.")
    return replace(axis, low=low, high=high, log=log)


@lru_cache(maxsize=32)
def within(objective: Objective, axes: tuple[Axis, ...]) -> Objective:
    """Return an objective with other ranges; one with a known loss has linear axes of its own."""
    known = objective.shape
    if known is None:
        return replace(objective, axes=axes)

    def shape(unit: Tensor) -> Tensor:
        """Return the loss at places (N, D) of the other ranges' unit cube."""
        own = (a.place(b.spread(u)) for a, b, u in zip(objective.axes, axes, unit.T, strict=True))
        return known(torch.stack(list(own), 1))

    return replace(objective, axes=axes, shape=shape)
