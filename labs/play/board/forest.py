"""Many searches at once, in step: each of B trees does a simulation, one evaluation serves all.

It is the search of `labs.play.board.search`, with arrays (B, nodes, moves) in place of objects.
Self-play and matches use it: a net evaluates 256 positions in far less time than 256 times one.
"""

from collections.abc import Callable

import numpy as np

from labs.play.board.games.many import Many

# states (B, 5), legal (B, moves) -> priors (B, moves), values (B,) of the players to move
EvaluateMany = Callable[[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]


class Forest:
    """B trees of at most `capacity` simulations each."""

    def __init__(
        self,
        rules: Many,
        states: np.ndarray,
        evaluate: EvaluateMany,
        capacity: int,
        *,
        past: np.ndarray | None = None,
        c_puct: float = 1.5,
        noise: float = 0.0,
        rng: np.random.Generator | None = None,
    ) -> None:
        """Expand the roots, states int64 (B, 5), none of them over; past: see `ManyGo.legal`."""
        self.rules, self.evaluate, self.c_puct, self.past = rules, evaluate, c_puct, past
        B, nodes = len(states), capacity + 1
        self.states = np.zeros((B, nodes, states.shape[1]), np.int64)
        self.N, self.W, self.P = (np.zeros((B, nodes, rules.moves), np.float32) for _ in "NWP")
        self.children = np.full((B, nodes, rules.moves), -1, np.int32)
        self.total = np.zeros((B, nodes), np.float32)  # the sum of N
        self.outcome = np.full((B, nodes), np.nan, np.float32)  # of the mover, where it is over
        self.size = np.ones(B, np.int64)
        self.states[:, 0] = states
        legal = rules.legal(states, past)
        priors, self.value = evaluate(states, legal)
        if noise:
            drawn = rng.gamma(10 / legal.sum(1, keepdims=True), size=legal.shape) * legal
            priors = (1 - noise) * priors + noise * drawn / drawn.sum(1, keepdims=True)
        self.P[:, 0] = np.where(legal, priors, -1)  # -1 marks what is not legal

    def simulate(self) -> None:
        """Do one simulation in every tree."""
        B = len(self.N)
        live, node, path = np.arange(B), np.zeros(B, np.int64), []
        leaf_of, leaf_move = np.full(B, -1), np.zeros(B, np.int64)
        while live.size:
            at = node[live]
            choice = self.select(live, at)
            path.append((live, at, choice))
            child = self.children[live, at, choice]
            fresh = child < 0
            leaf_of[live[fresh]], leaf_move[live[fresh]] = at[fresh], choice[fresh]
            old = live[~fresh]
            node[old] = child[~fresh]
            live = old[np.isnan(self.outcome[old, node[old]])]
        values = np.zeros(B, np.float32)
        ended = leaf_of < 0
        values[ended] = self.outcome[ended, node[ended]]
        grown = np.flatnonzero(~ended)
        if grown.size:
            values[grown] = self.expand(grown, leaf_of[grown], leaf_move[grown], path)
        for some, at, choice in reversed(path):
            values[some] = -values[some]
            self.N[some, at, choice] += 1
            self.W[some, at, choice] += values[some]
            self.total[some, at] += 1

    def select(self, trees: np.ndarray, at: np.ndarray) -> np.ndarray:
        """Return the move with the largest Q + U at one node of each of some trees."""
        N, P = self.N[trees, at], self.P[trees, at]
        bonus = self.c_puct * np.sqrt(1 + self.total[trees, at])[:, None] * P / (1 + N)
        scores = self.W[trees, at] / np.maximum(N, 1) + bonus
        return np.where(P < 0, -np.inf, scores).argmax(1)

    def expand(
        self, trees: np.ndarray, parents: np.ndarray, moves: np.ndarray, path: list
    ) -> np.ndarray:
        """Put a new node below `parents` of some trees; return its value for who moves there."""
        states = self.rules.advance(self.states[trees, parents], moves)
        slots = self.size[trees]
        self.size[trees] += 1
        self.children[trees, parents, moves] = slots
        self.states[trees, slots] = states
        results = self.rules.result(states)
        values = np.where(states[:, 2] & 1, -results, results)
        self.outcome[trees, slots] = values
        goes_on = np.flatnonzero(np.isnan(values))
        if goes_on.size:
            some, states = trees[goes_on], states[goes_on]
            legal = self.rules.legal(states, self.past_of(some, path))
            priors, values[goes_on] = self.evaluate(states, legal)
            self.P[some, slots[goes_on]] = np.where(legal, priors, -1)
        return values

    def past_of(self, trees: np.ndarray, path: list) -> np.ndarray | None:
        """Return the positions before a leaf: the game's, and those on the way in the tree."""
        if self.past is None:
            return None
        way = np.zeros((len(self.N), len(path)), np.int64)  # the root where a way is shorter
        for depth, (some, at, _) in enumerate(path):
            way[some, depth] = at
        walked = self.states[trees[:, None], way[trees], :2]
        return np.concatenate([self.past[trees], walked], 1)

    def visits(self) -> np.ndarray:
        """Return how often each move of the roots was tried, (B, moves)."""
        return self.N[:, 0]

    def values(self) -> np.ndarray:
        """Return the mean value that the simulations found, for who moves at the roots, (B,)."""
        return self.W[:, 0].sum(1) / np.maximum(self.total[:, 0], 1)
