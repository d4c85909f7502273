"""A search that is looked into: its numbers at one node, at a stage of its last simulation."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import torch
from torch import Tensor

from labs.play.board.drawing import Path, Picture, numbers, seen
from labs.play.board.position import Played
from labs.play.board.search import Node, Tree, Walk
from labs.play.board.thought import thought
from labs.play.board.view import shares


@dataclass(frozen=True)
class Opened:
    """A search, how far its last simulation is shown, and the node that was chosen."""

    played: Played
    tree: Tree
    walk: Walk | None  # the last simulation
    stage: int  # of it, 0 to 3
    chosen: Path
    c_puct: float
    temperature: float

    @cached_property
    def picture(self) -> Picture:
        """The tree at this stage."""
        return seen(self.tree, self.walk, self.stage)

    @property
    def walked(self) -> Path:
        """The moves of the last simulation."""
        if self.walk is None:
            return ()
        pairs = zip(self.walk.nodes, self.walk.choices, strict=False)
        return tuple(int(node.moves[k]) for node, k in pairs)

    @property
    def value(self) -> float:
        """The value that the last simulation backs up, for the first player."""
        sign = -1 if self.played.game.player(self.walk.leaf.state) else 1
        return sign * self.walk.value

    def node(self, path: Path) -> Node | None:
        """Return the position at the end of a path; None where none is expanded."""
        node = self.tree.root
        for move in path:
            if node is None or node.N is None:
                return None
            at = [k for k, m in enumerate(node.moves) if m == move]
            node = node.children[at[0]] if at else None
        return node

    def sums(self, node: Node) -> tuple[np.ndarray, ...]:
        """Return N, W, Q, P, U of a position's moves, each (moves of the node,)."""
        counts, sums = numbers(node, self.walk, self.stage)
        q = sums / counts.clip(min=1)
        u = self.c_puct * node.P * (1 + counts.sum()) ** 0.5 / (1 + counts)
        return counts, sums, q, node.P, u

    def order(self) -> list[int]:
        """Return the moves of the chosen position as indices, the largest Q + U first."""
        node = self.node(self.chosen)
        if node is None or node.N is None:
            return []
        _, _, q, _, u = self.sums(node)
        return (-(q + u)).argsort(kind="stable").tolist()

    def best_sum(self) -> tuple[str, float, int, float, float, float] | None:
        """Return the move with the largest sum at the chosen node, N, the visits there, Q, P, U."""
        order = self.order()
        if not order:
            return None
        node, k = self.node(self.chosen), order[0]
        counts, _, q, p, u = self.sums(node)
        word = self.played.game.words(int(node.moves[k]))
        total = 1 + round(float(counts.sum()))
        return word, float(counts[k]), total, float(q[k]), float(p[k]), float(u[k])

    def shares(self) -> Tensor:
        """Return policy, visits sharpened by the temperature, and Q, at the root: (3, moves)."""
        found, root = thought(self.tree, self.played), self.tree.root
        counts, _ = numbers(root, self.walk, self.stage)
        visits = torch.full((self.played.game.moves,), torch.nan)
        if counts.any():
            visits.zero_()
            t = self.temperature
            sharp = counts == counts.max() if t < 0.01 else (counts / counts.max()) ** (1 / t)
            visits[torch.from_numpy(root.moves)] = torch.from_numpy(sharp / sharp.sum()).float()
        return shares(self.played.game, found.before, visits, found.q)


def after(played: Played, path: Path) -> Played:
    """Return the game some moves later."""
    for move in path:
        played = played.play(move)
    return played
