"""Monte Carlo tree search that a policy and a value guide (PUCT).

One simulation goes down from the root, at each node by the move with the largest Q + U,

    U(s, a) = c_puct P(s, a) sqrt(1 + sum_b N(s, b)) / (1 + N(s, a)),

to a position that is not in the tree yet.  `evaluate` gives that leaf a prior P for each move and
a value in [-1, 1], and the value is added to W of every move on the way; Q = W / N.

Every value is seen by the player who moves at its node: 1 means that this player wins.  So a value
changes its sign with each step up.  A move that was not tried yet has Q = 0.

Silver et al., "Mastering the game of Go without human knowledge" (2017),
https://doi.org/10.1038/nature24270.  They have no 1 under the root: with it, the first simulation
already follows the priors, and not the order of the moves.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt

import numpy as np
import torch
from torch import Tensor

from labs.play.board.games import Game, State

Evaluate = Callable[[State], tuple[Tensor, float]]  # priors (moves,), the mover's value


class Node:
    """A position in the tree; the arrays have one number for each legal move, in `moves`' order."""

    def __init__(self, state: State, depth: int) -> None:
        self.state, self.depth = state, depth
        self.visits = 0  # how many simulations went on from here: the sum of N
        self.outcome: float | None = None  # the mover's result, where the game is over
        self.value = 0.0  # what the evaluation said
        self.moves: np.ndarray = np.empty(0, np.int64)
        self.N: np.ndarray | None = None  # None: not expanded

    def expand(self, moves: np.ndarray, priors: np.ndarray, value: float) -> None:
        """Give each legal move its prior."""
        self.moves, self.P, self.value = moves, priors, value
        self.N, self.W, self.Q = (np.zeros(len(moves)) for _ in "NWQ")  # Q: 0 where not tried
        self.children: list[Node | None] = [None] * len(moves)

    def U(self, c_puct: float) -> np.ndarray:  # noqa: N802 (the paper's symbol)
        """Return each move's bonus: large for a likely move that was tried seldom."""
        return self.P * (c_puct * sqrt(1 + self.visits)) / (1 + self.N)


@dataclass(frozen=True)
class Walk:
    """What one simulation did."""

    nodes: list[Node]  # from the root to the leaf
    choices: list[int]  # which of its moves each node but the last chose, as an index
    value: float  # what was backed up, seen by who moves at the leaf
    evaluated: bool  # False: the game is over there, and its result is the value

    @property
    def leaf(self) -> Node:
        """The node where it ended."""
        return self.nodes[-1]


class Tree:
    """A search that is done one simulation at a time."""

    def __init__(
        self,
        game: Game,
        state: State,
        evaluate: Evaluate,
        *,
        c_puct: float = 1.5,
        noise: float = 0.0,
        generator: torch.Generator | None = None,
    ) -> None:
        """noise: the share in [0, 1] of Dirichlet noise in the root's priors.

        Raises ValueError if the game is over.
        """
        self.game, self.evaluate, self.c_puct = game, evaluate, c_puct
        self.root = Node(state, 0)
        if game.result(state) is not None:
            raise ValueError("the game is over: there is nothing to search")
        self._expand(self.root)
        if noise:
            self.root.P = (1 - noise) * self.root.P + noise * dirichlet(len(self.root.P), generator)

    def _expand(self, node: Node) -> float:
        priors, value = self.evaluate(node.state)
        moves = self.game.legal(node.state).numpy().nonzero()[0]
        P = torch.as_tensor(priors).numpy()[moves].astype(np.float64)
        total = P.sum()
        P = P / total if total > 0 else np.full(len(moves), 1 / len(moves))
        node.expand(moves, P, float(value))
        return node.value

    def select(self, node: Node) -> int:
        """Return the index of the move with the largest Q + U."""
        return int((node.Q + node.U(self.c_puct)).argmax())

    def simulate(self) -> Walk:
        """Do one simulation: descend, expand, evaluate, back up."""
        node, nodes, choices = self.root, [self.root], []
        while node.N is not None:
            choice = self.select(node)
            child = node.children[choice]
            if child is None:
                child = Node(self.game.advance(node.state, int(node.moves[choice])), node.depth + 1)
                result = self.game.result(child.state)
                if result is not None:
                    child.outcome = -result if self.game.player(child.state) else result
                node.children[choice] = child
            choices.append(choice)
            nodes.append(child)
            node = child
            if node.outcome is not None:
                break
        over = node.outcome is not None
        value = float(node.outcome) if over else self._expand(node)
        self.back_up(nodes, choices, value)
        return Walk(nodes, choices, value, not over)

    @staticmethod
    def back_up(nodes: list[Node], choices: list[int], value: float) -> None:
        """Add a leaf's value to every move that led to it, with the sign of who made it."""
        for node, choice in zip(nodes[-2::-1], choices[::-1], strict=True):
            value = -value
            node.visits += 1
            node.N[choice] += 1
            node.W[choice] += value
            node.Q[choice] = node.W[choice] / node.N[choice]

    def visits(self) -> Tensor:
        """Return how often each move of the root was tried, int64 (moves,)."""
        counts = torch.zeros(self.game.moves, dtype=torch.int64)
        counts[torch.from_numpy(self.root.moves)] = torch.from_numpy(self.root.N.astype(np.int64))
        return counts

    def choose(self, temperature: float = 0.0, generator: torch.Generator | None = None) -> int:
        """Return a move drawn by visits ** (1 / temperature); at 0 the one visited most."""
        counts = self.visits().double()
        if not counts.any():  # no simulation yet: by the priors
            counts[torch.from_numpy(self.root.moves)] = torch.from_numpy(self.root.P)
        if temperature <= 0:
            return int(counts.argmax())
        shares = (counts / counts.max()) ** (1 / temperature)
        return int(torch.multinomial(shares, 1, generator=generator))


def dirichlet(n: int, generator: torch.Generator | None) -> np.ndarray:
    """Return n shares that add up to 1, drawn with concentration 10 / n as AlphaZero does."""
    rate = torch.full((n,), 10 / n, dtype=torch.float64)
    return torch._sample_dirichlet(rate, generator=generator).numpy()


def search(
    game: Game, state: State, evaluate: Evaluate, simulations: int, generator: torch.Generator
) -> Tensor:
    """Return how often `simulations` simulations tried each move, int64 (moves,).

    evaluate: state -> (priors (moves,), value in [-1, 1] for the player who moves); priors of moves
    that are not legal do not count, and the others are made to add up to 1.
    """
    tree = Tree(game, state, evaluate, generator=generator)
    for _ in range(simulations):
        tree.simulate()
    return tree.visits()
