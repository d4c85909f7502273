"""Games of a net against itself, many at once, each move after a search.

Silver et al. (2017): the search plays better than the net, so the visits of its moves are what the
policy learns from, and the game's result is what the value learns from.
"""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from labs.play.board.forest import EvaluateMany, Forest
from labs.play.board.games.many import PLY, Many
from labs.play.board.rollouts import random_moves


@dataclass(frozen=True)
class Samples:
    """Positions to learn from."""

    planes: Tensor  # (n, C, rows, columns), 0 or 1
    shares: Tensor  # (n, moves), the search's visits as shares
    values: Tensor  # (n,) in [-1, 1], the result for who moved

    def __len__(self) -> int:
        """Return how many positions there are."""
        return len(self.values)


@dataclass(frozen=True)
class Ended:
    """One game that ended: its moves and its result for the first player."""

    moves: list[int]
    result: int


class Games:
    """So many games in step; one that ends makes room for a new one."""

    def __init__(
        self,
        rules: Many,
        games: int,
        simulations: int,
        rng: np.random.Generator,
        *,
        noise: float = 0.25,
        warm: int = 8,
        trust: float = 0.5,
        openings: int = 0,
    ) -> None:
        """warm: so many moves are drawn by their visits, and later ones are the most visited.

        trust: the share of the search's own value in what the value learns; 0: the result alone.
        openings: a game begins with so many random moves at most, from which nothing is learned, so
        that both players meet positions that a good player would avoid.
        """
        self.rules, self.simulations, self.rng = rules, simulations, rng
        self.noise, self.warm, self.trust, self.openings = noise, warm, trust, openings
        self.states = rules.start(games)
        self.past = np.full((games, rules.longest + 1, 2), -1, np.int64)
        self.past[:, 0] = 0
        self.free = rng.integers(0, openings + 1, games)  # random moves of each game in play
        self.kept: list[list[tuple]] = [[] for _ in range(games)]  # of each game in play

    def move(self, evaluate: EvaluateMany) -> tuple[Samples | None, list[Ended]]:
        """Make one move in every game; return the samples of those that ended, and these games."""
        rules, rng = self.rules, self.rng
        forest = Forest(
            rules,
            self.states,
            evaluate,
            self.simulations,
            past=self.past if rules.superko else None,
            noise=self.noise,
            rng=rng,
        )
        for _ in range(self.simulations):
            forest.simulate()
        shares = forest.visits() / self.simulations
        drawn = (shares.cumsum(1) > rng.random((len(shares), 1)) * 0.9999).argmax(1)
        moves = np.where(self.states[:, PLY] < self.warm, drawn, shares.argmax(1))
        free = np.flatnonzero(self.states[:, PLY] < self.free)
        moves[free] = random_moves(rules.legal(self.states[free], self.past[free]), rng)
        values = forest.values()
        for game, kept in enumerate(self.kept):
            kept.append((self.states[game], shares[game], values[game], moves[game]))
        self.states = rules.advance(self.states, moves)
        self.past[np.arange(len(moves)), self.states[:, PLY]] = self.states[:, :2]
        results = rules.result(self.states)
        over = np.flatnonzero(~np.isnan(results))
        return self._collect(over, results) if over.size else (None, [])

    def _collect(self, over: np.ndarray, results: np.ndarray) -> tuple[Samples | None, list[Ended]]:
        states, shares, values, ended = [], [], [], []
        for game in over:
            result, kept = results[game], self.kept[game]
            for state, share, value, _ in kept[self.free[game] :]:
                own = -result if state[PLY] & 1 else result
                values.append((1 - self.trust) * own + self.trust * value)
                states.append(state)
                shares.append(share)
            ended.append(Ended([int(move) for *_, move in kept], int(result)))
            self.kept[game] = []
            self.free[game] = self.rng.integers(0, self.openings + 1)
        self.states[over] = 0
        self.past[over, 1:] = -1
        if not states:
            return None, ended
        planes = torch.from_numpy(self.rules.planes(np.stack(states)))
        targets = torch.tensor(np.array(values), dtype=torch.float32)
        return Samples(planes, torch.from_numpy(np.stack(shares)), targets), ended
