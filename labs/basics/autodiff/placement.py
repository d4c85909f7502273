"""Where the nodes of a computation graph stand: columns by level, rows so that few edges cross.

Sugiyama, Tagawa & Toda, "Methods for Visual Understanding of Hierarchical System Structures", IEEE
SMC 1981: long edges get a bend in every column that they pass, and each column is ordered by the
mean row of its neighbours.
"""

from collections.abc import Sequence
from dataclasses import dataclass

SWEEPS = 12
Point = tuple[float, float]  # column, row; both from 0


@dataclass(frozen=True)
class Placement:
    """A place for every node, and the bends of every edge, by (from, to, which input)."""

    nodes: tuple[Point, ...]
    bends: dict[tuple[int, int, int], tuple[Point, ...]]
    columns: float
    rows: float


def place(inputs: Sequence[Sequence[int]], late: frozenset[int] = frozenset()) -> Placement:
    """Return a place for each node of a graph given as the inputs of every node, in order.

    late: nodes without inputs that stand just before their first user, not in the first column.
    """
    level = _levels(inputs, late)
    chains: dict[tuple[int, int, int], list[int]] = {}
    column = list(level)  # of nodes, then of bends
    neighbours: list[tuple[list[int], list[int]]] = [([], []) for _ in inputs]
    for j, sources in enumerate(inputs):
        for slot, i in enumerate(sources):
            chain = []
            for between in range(level[i] + 1, level[j]):
                column.append(between)
                neighbours.append(([], []))
                chain.append(len(column) - 1)
            for a, b in zip([i, *chain], [*chain, j], strict=True):
                neighbours[b][0].append(a)
                neighbours[a][1].append(b)
            chains[i, j, slot] = chain
    rows = _rows(column, neighbours)
    points = [(float(c), r) for c, r in zip(column, rows, strict=True)]
    bends = {edge: tuple(points[k] for k in chain) for edge, chain in chains.items()}
    return Placement(
        tuple(points[: len(inputs)]), bends, max(column) + 1.0, max(rows, default=0.0) + 1.0
    )


def _levels(inputs: Sequence[Sequence[int]], late: frozenset[int]) -> list[int]:
    level: list[int] = []
    for sources in inputs:
        level.append(1 + max((level[i] for i in sources), default=-1))
    for i in late:
        users = [level[j] for j, sources in enumerate(inputs) if i in sources]
        level[i] = max(0, min(users, default=1) - 1)
    return level


def _rows(column: Sequence[int], neighbours: Sequence[tuple[list[int], list[int]]]) -> list[float]:
    columns = [[k for k, c in enumerate(column) if c == at] for at in range(max(column) + 1)]
    row = [0.0] * len(column)
    tallest = max(map(len, columns))
    for members in columns:
        for place, k in enumerate(members):
            row[k] = place + (tallest - len(members)) / 2
    for sweep in range(SWEEPS):
        side = sweep % 2  # from the left, then from the right, each time pulled by one side
        for members in columns if side == 0 else reversed(columns):
            wish = {}
            for k in members:
                pull = neighbours[k][side] or neighbours[k][1 - side]
                wish[k] = sum(row[n] for n in pull) / len(pull) if pull else row[k]
            members.sort(key=lambda k: wish[k])
            for k, r in zip(members, _apart([wish[k] for k in members]), strict=True):
                row[k] = r
    lowest = min(row)
    return [r - lowest for r in row]


def _apart(wishes: Sequence[float]) -> list[float]:
    """Return the rows nearest to sorted wishes that are at least 1 apart (pool adjacent rows)."""
    blocks: list[tuple[float, int]] = []  # (mean of wish minus offset, members)
    for place, wish in enumerate(wishes):
        mean, size = wish - place, 1
        while blocks and blocks[-1][0] > mean:
            other, count = blocks.pop()
            mean, size = (mean * size + other * count) / (size + count), size + count
        blocks.append((mean, size))
    starts = [mean for mean, size in blocks for _ in range(size)]
    return [start + place for place, start in enumerate(starts)]
