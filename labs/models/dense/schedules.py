"""Learning rate schedules: the share of the base rate that holds at a time.

`t` is the time and `total` the length of the run, both in steps or both in epochs.
"""

import math
from collections.abc import Callable

STAGES = 3  # the step schedule divides the run into so many parts
DROP = 0.1  # and the rate by ten at each
WARM = 0.1  # share of the run that warming up takes

Schedule = Callable[[float, float], float]


def constant(t: float, total: float) -> float:
    """Return 1."""
    return 1.0


def step(t: float, total: float) -> float:
    """Return 1, then a tenth, then a hundredth: each for a third of the run."""
    return DROP ** min(STAGES - 1, int(t * STAGES / total))


def cosine(t: float, total: float) -> float:
    """Return half a cosine wave from 1 to 0 (Loshchilov & Hutter, arXiv:1608.03983)."""
    return 0.5 * (1 + math.cos(math.pi * min(1.0, t / total)))


def warm_up(t: float, total: float) -> float:
    """Return a line from nearly 0 to 1 over the first tenth of the run, then 1."""
    return min(1.0, (t + 1) / (WARM * total))


SCHEDULES: dict[str, Schedule] = {
    "constant": constant, "step": step, "cosine": cosine, "warm-up": warm_up,
}  # fmt: skip
