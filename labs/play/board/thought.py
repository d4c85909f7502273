"""What a search has found so far about one position, for the eye."""

from dataclasses import dataclass

import torch
from torch import Tensor

from labs.play.board.position import Played
from labs.play.board.search import Node, Tree
from labs.play.board.view import shares


@dataclass(frozen=True)
class Thought:
    """A position, with its policy and value before the search and after so many simulations."""

    played: Played
    simulations: int
    before: Tensor  # (moves,), the priors; 0 for what is not legal
    after: Tensor  # (moves,), shares of the visits; NaN without simulations
    q: Tensor  # (moves,), the mean value of each move for who moves; NaN where it was not tried
    value_before: float  # for the first player, in [-1, 1]
    value_after: float | None
    lines: tuple[tuple[int, ...], ...]  # the most visited moves, each with what is expected then

    @property
    def best(self) -> int:
        """The move visited most; without simulations the likeliest."""
        return int((self.before if self.simulations == 0 else self.after).argmax())

    def table(self) -> Tensor:
        """Return (3, moves) as the panel `board` draws it."""
        return shares(self.played.game, self.before, self.after, self.q)


def thought(tree: Tree, played: Played) -> Thought:
    """Return what a search of the last position has found."""
    root, moves = tree.root, played.game.moves
    before, q = torch.zeros(moves), torch.full((moves,), torch.nan)
    at = torch.from_numpy(root.moves)
    before[at] = torch.from_numpy(root.P).float()
    tried = torch.from_numpy(root.N > 0)
    q[at[tried]] = torch.from_numpy(root.Q).float()[tried]
    count, sign = int(root.N.sum()), -1 if played.mover else 1
    return Thought(
        played,
        count,
        before,
        tree.visits() / count if count else torch.full((moves,), torch.nan),
        q,
        sign * root.value,
        sign * float(root.W.sum()) / count if count else None,
        tuple(line(root, int(k)) for k in (-root.N).argsort(kind="stable") if root.N[k]),
    )


def line(node: Node, first: int) -> tuple[int, ...]:
    """Return the moves of a way down: the first by its index, then the one visited most."""
    found, child = [int(node.moves[first])], node.children[first]
    while child is not None and child.N is not None and child.N.any():
        best = int(child.N.argmax())
        found.append(int(child.moves[best]))
        child = child.children[best]
    return tuple(found)
