"""A search tree as a picture: each position has a place as wide as what hangs below it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import torch
from torch import Tensor

from labs.play.board.search import Node, Tree, Walk

STAGES = ("descend", "expand", "evaluate", "back up")
LINE = 5  # moves of the principal line whose boards are drawn
BROAD = 0.045  # of the width, which such a board needs
Path = tuple[int, ...]


@dataclass(frozen=True)
class Placed:
    """One visited position of the tree, in the picture."""

    path: Path  # the moves from the root
    node: Node
    parent: int  # its place in the list; -1 for the root
    visits: int
    q: float  # mean value of the move to it, for the first player; of the root: its own mean
    prior: float


@dataclass
class Picture:
    """All visited positions, each after its parent, and where they stand in the unit square."""

    placed: list[Placed] = field(default_factory=list)
    x: list[float] = field(default_factory=list)

    def at(self, path: Path) -> int | None:
        """Return the number of the position at the end of a path, None if it was not visited."""
        return next((k for k, p in enumerate(self.placed) if p.path == path), None)


def seen(tree: Tree, walk: Walk | None = None, stage: int = 3) -> Picture:
    """Return the tree as it is at a stage of its last simulation (0 to 3, see `STAGES`).

    `walk` is done already.  Before it is backed up its leaf has no visit, and before it is expanded
    it is not there.
    """
    on = {} if walk is None or stage == 3 else {id(n): k for k, n in enumerate(walk.nodes)}
    picture, sign = Picture(), (-1 if tree.game.player(tree.root.state) else 1)
    less = 1 if on else 0
    total, mean = tree.root.visits - less, numbers(tree.root, walk, stage)
    q = sign * float(mean[1].sum()) / max(1.0, float(mean[0].sum()))
    picture.placed.append(Placed((), tree.root, -1, total, q, 1.0))
    queue = [0]
    while queue:
        at = queue.pop()
        here = picture.placed[at]
        if here.node.N is None:
            continue
        counts, sums = numbers(here.node, walk, stage)
        own = sign if len(here.path) % 2 == 0 else -sign
        for k in range(len(counts)):
            child = here.node.children[k]
            fresh = child is not None and counts[k] == 0  # the leaf of a walk that goes on
            if child is None or (fresh and stage == 0):
                continue
            path = (*here.path, int(here.node.moves[k]))
            mean = own * float(sums[k]) / max(1, int(counts[k]))
            picture.placed.append(
                Placed(path, child, at, int(counts[k]), mean, float(here.node.P[k]))
            )
            queue.append(len(picture.placed) - 1)
    picture.x = spread(picture)
    return picture


def numbers(node: Node, walk: Walk | None, stage: int):
    """Return N and W of a position's moves as they are at a stage: a walk counts once backed up."""
    counts, sums = node.N.copy(), node.W.copy()
    if walk is not None and stage < 3:
        value = walk.value
        for at in range(len(walk.choices) - 1, -1, -1):
            value = -value
            if walk.nodes[at] is node:
                counts[walk.choices[at]] -= 1
                sums[walk.choices[at]] -= value
    return counts, sums


def principal(picture: Picture) -> list[int]:
    """Return the way down by the most visited moves, from the root."""
    below: dict[int, list[int]] = {}
    for k, p in enumerate(picture.placed):
        below.setdefault(p.parent, []).append(k)
    way = [0]
    while way[-1] in below:
        best = max(below[way[-1]], key=lambda k: picture.placed[k].visits)
        if not picture.placed[best].visits:
            break
        way.append(best)
    return way


def spread(picture: Picture) -> list[float]:
    """Return each position's middle in [0, 1]: children side by side, in the order of moves."""
    placed = picture.placed
    below: list[list[int]] = [[] for _ in placed]
    for k, p in enumerate(placed):
        if p.parent >= 0:
            below[p.parent].append(k)
    broad = set(principal(picture)[1 : LINE + 1])
    wide = [0.0] * len(placed)
    least = 0.0
    for _ in range(3):  # a board's width is a share of the whole, which it widens
        for k in range(len(placed) - 1, -1, -1):
            own = sum(wide[c] for c in below[k]) or 1.0
            wide[k] = max(own, least) if k in broad else own
        least = BROAD * wide[0]
    left, x = [0.0] * len(placed), [0.0] * len(placed)
    for k in range(len(placed)):  # parents come first
        x[k] = (left[k] + wide[k] / 2) / wide[0]
        slack = wide[k] - sum(wide[c] for c in below[k]) if below[k] else 0.0
        at = left[k] + slack / 2
        for c in sorted(below[k], key=lambda c: placed[c].path[-1]):
            left[c] = at
            at += wide[c]
    return x


def table(picture: Picture, ids: dict[Path, int]) -> Tensor:
    """Return (7, positions): id, x, depth, parent, visits, Q for the first player, prior."""
    rows = [
        (ids[p.path], x, len(p.path), p.parent, p.visits, p.q, p.prior)
        for p, x in zip(picture.placed, picture.x, strict=True)
    ]
    return torch.tensor(rows, dtype=torch.float32).T.contiguous()


def on_the_way(picture: Picture, walk: Walk | None, path: Path) -> list[int]:
    """Return the numbers of the positions that a walk went through, as far as they are there."""
    if walk is None:
        return []
    at = {p.path: k for k, p in enumerate(picture.placed)}
    found: Sequence[int | None] = [at.get(path[:k]) for k in range(len(path) + 1)]
    return [k for k in found if k is not None]
