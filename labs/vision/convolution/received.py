"""What a browser sends to the lab's parts: settings, numbers that are dragged, cells pointed at."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from torch import Tensor

from labs.live.checks import number, option, rounded, whole

LARGEST = 1e4  # of a number that is dragged


@dataclass(frozen=True)
class Rules:
    """What each setting of a part may be: one of some words, a whole number, or any number."""

    options: Mapping[str, Collection[str]]
    counts: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    ranges: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    def __contains__(self, name: object) -> bool:
        """Whether there is such a setting."""
        return name in (*self.options, *self.counts, *self.ranges)

    def checked(self, name: str, value: object) -> str | float:
        """Return a setting's value as it is kept.  Raises ValueError in one sentence."""
        said = f"The setting {name}"
        if name in self.options:
            return option(value, self.options[name], said)
        if name in self.counts:
            return rounded(value, *self.counts[name], said)
        return number(value, *self.ranges[name], said)


def edited(numbers: Tensor, event: Mapping) -> Tensor:
    """Return a copy of the numbers with the event's new value in the cell at its index.

    Raises ValueError in one sentence.
    """
    index = whole(event.get("index"), 0, numbers.numel() - 1, "A cell")
    value = number(event.get("value"), -LARGEST, LARGEST, "A cell's number")
    result = numbers.clone()
    result.view(-1)[index] = value
    return result


def pointed(event: Mapping, most: int = 1 << 14) -> tuple[int, int]:
    """Return the row and column that an event points at, up to `most`.

    Raises ValueError in one sentence.
    """
    row, col = (whole(event.get(key), 0, most, f"A pointer's {key}") for key in ("row", "col"))
    return row, col
