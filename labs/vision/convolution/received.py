"""What a browser sends to the lab's parts: numbers that are dragged, cells that are pointed at."""

from collections.abc import Mapping

from torch import Tensor

from labs.live.checks import number, whole

LARGEST = 1e4  # of a number that is dragged
FARTHEST = 1 << 14  # a row or column that is pointed at


def edited(numbers: Tensor, event: Mapping) -> Tensor:
    """Return a copy of the numbers with the event's new value in the cell at its index.

    Raises ValueError in one sentence.
    """
    index = whole(event.get("index"), 0, numbers.numel() - 1, "A cell")
    value = number(event.get("value"), -LARGEST, LARGEST, "A cell's number")
    result = numbers.clone()
    result.view(-1)[index] = value
    return result


def pointed(event: Mapping, most: int = FARTHEST) -> tuple[int, int]:
    """Return the row and column that an event points at, up to `most`.

    Raises ValueError in one sentence.
    """
    row, col = (whole(event.get(key), 0, most, f"A pointer's {key}") for key in ("row", "col"))
    return row, col
