"""Successive halving and Hyperband: many short trainings, of which the best go on.

Jamieson & Talwalkar 2016, https://arxiv.org/abs/1502.07943; Li, Jamieson, DeSalvo, Rostamizadeh &
Talwalkar 2018, Algorithm 1, https://jmlr.org/papers/v18/16-558.html.  The paper's first versions
rounded (s_max + 1) / (s + 1) down before the power of eta was taken: for R = 81 and eta = 3 their
table begins with 81, 27, 9, 6 and 5 trials, where Algorithm 1 has 81, 34, 15, 8 and 5.
"""

import math

Rungs = list[tuple[int, int]]  # how many trials are trained up to how many epochs


def schedule(n: int, r: int, eta: int, R: int | None = None) -> Rungs:
    """Return the rungs of successive halving: n trials up to r epochs, then the best n / eta of
    them up to eta r, and so on, rounded down, while there is a trial left.

    R: epochs that no rung goes beyond.  Raises ValueError for fewer than 1 trial or epoch, or an
    eta below 2.
    """
    if n < 1 or r < 1 or eta < 2:
        raise ValueError(f"n and r must be >= 1 and eta >= 2, got {n}, {r} and {eta}")
    rungs: Rungs = []
    while n // eta ** len(rungs) and (R is None or r * eta ** len(rungs) <= R):
        i = len(rungs)
        rungs.append((n // eta**i, r * eta**i))
    return rungs


def hyperband(R: int, eta: int) -> list[Rungs]:
    """Return Hyperband's brackets, s = s_max ... 0: each a successive halving that spends about
    (s_max + 1) R epochs, from many trials of few epochs to few trials of R.

    R: epochs of a trial that is never stopped.  Where R is no power of eta, the first rung of a
    bracket has R / eta^s epochs rounded down, and its last R.
    """
    if R < 1 or eta < 2:
        raise ValueError(f"R must be >= 1 and eta >= 2, got {R} and {eta}")
    top = deepest(R, eta)
    brackets = []
    for s in range(top, -1, -1):
        n = math.ceil((top + 1) * eta**s / (s + 1))
        brackets.append([(n // eta**i, R // eta ** (s - i)) for i in range(s + 1)])
    return brackets


def deepest(R: int, eta: int) -> int:
    """Return s_max, the largest s with eta^s <= R."""
    s = 0
    while eta ** (s + 1) <= R:
        s += 1
    return s


def epochs(rungs: Rungs) -> int:
    """Return the epochs that are trained in all, where a trial that goes on is resumed."""
    reached = [0, *(r for _, r in rungs)]
    return sum(n * (r - before) for (n, r), before in zip(rungs, reached, strict=False))
