"""How things are timed: interleaved, so that a busy machine is busy for all of them alike."""

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

WARM = 20  # calls of each function before any is timed
BATCH = 5  # calls in one timing, short enough to be over before the core is given away
REPEATS = 200  # of all functions in turn


@dataclass(frozen=True)
class Row:
    """One measured number, and what it should be."""

    name: str
    value: float
    unit: str
    at_least: float | None = None
    at_most: float | None = None

    @property
    def met(self) -> bool | None:
        """Whether the bound holds; None without one."""
        if self.at_least is not None:
            return self.value >= self.at_least
        return None if self.at_most is None else self.value <= self.at_most


def interleaved(
    functions: Mapping[str, Callable[[], object]], *, repeats: int = REPEATS, warm: int = WARM
) -> dict[str, float]:
    """Return the median milliseconds of one call of each function, hot."""
    for function in functions.values():
        for _ in range(warm):
            function()
    taken: dict[str, list[float]] = {name: [] for name in functions}
    for _ in range(repeats):
        for name, function in functions.items():
            function()  # its turn begins with the caches that the others left
            began = time.perf_counter()
            for _ in range(BATCH):
                function()
            taken[name].append((time.perf_counter() - began) / BATCH * 1e3)
    return {name: statistics.median(times) for name, times in taken.items()}


def percentile(values: list[float], q: float) -> float:
    """Return the value that a share q of the values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(q * len(ordered)))] if ordered else float("nan")


def table(rows: list[Row]) -> str:
    """Return rows as text in columns."""
    lines = []
    for row in rows:
        bound = ""
        if row.at_least is not None:
            bound = f"at least {row.at_least:g}"
        elif row.at_most is not None:
            bound = f"at most {row.at_most:g}"
        verdict = {True: "", False: "  <-- missed", None: ""}[row.met]
        lines.append(f"{row.name:44} {row.value:10.3f} {row.unit:10} {bound}{verdict}")
    return "\n".join(lines)
