"""Games of two players against each other, many at once, each player first in half of them."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from labs.play.board.forest import EvaluateMany, Forest
from labs.play.board.games.many import PLY, Many
from labs.play.board.rollouts import by_rollouts, random_moves

# states (B, 5), past (B, K, 2) -> moves (B,)
Player = Callable[[np.ndarray, np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Score:
    """How a match went for its first player: games as first and as second to move."""

    won: tuple[int, int]
    drawn: tuple[int, int]
    lost: tuple[int, int]

    @property
    def games(self) -> int:
        """How many games were played."""
        return sum(self.won) + sum(self.drawn) + sum(self.lost)

    @property
    def share(self) -> float:
        """The share of the games won, in [0, 1]; a draw is not won."""
        return sum(self.won) / self.games

    @property
    def points(self) -> float:
        """The share of the points in [0, 1]: a draw counts half."""
        return (sum(self.won) + sum(self.drawn) / 2) / self.games


def match(
    rules: Many,
    player: Player,
    other: Player,
    games: int,
    rng: np.random.Generator,
    opening: int = 0,
) -> Score:
    """Play `games` games, an even number; `player` moves first in one half, `other` in the other.

    opening: so many random moves first, the same for both halves, so that no two games are alike.
    """
    half = games // 2
    states, past = rules.start(games), np.full((games, rules.longest + 1, 2), -1, np.int64)
    past[:, 0] = 0
    first = np.arange(games) < half
    results = np.full(games, np.nan, np.float32)
    live = np.arange(games)
    while live.size:
        now, were = states[live], past[live]
        moves = np.empty(len(live), np.int64)
        ply = int(now[0, PLY])  # all games are in step
        turn_is = first[live] == (ply % 2 == 0)
        if ply < opening:
            drawn = random_moves(rules.legal(now[live < half], were[live < half]), rng)
            moves[live < half] = moves[live >= half] = drawn
        else:
            for who, mask in ((player, turn_is), (other, ~turn_is)):
                if mask.any():
                    moves[mask] = who(now[mask], were[mask])
        states[live] = rules.advance(now, moves)
        past[live, ply + 1] = states[live, :2]
        results[live] = rules.result(states[live])
        live = live[np.isnan(results[live])]
    own = np.where(first, results, -results)
    won, drawn, lost = (
        (int((own[:half] == r).sum()), int((own[half:] == r).sum())) for r in (1, 0, -1)
    )
    return Score(won, drawn, lost)


def searcher(
    rules: Many, evaluate: EvaluateMany, simulations: int, *, c_puct: float = 1.5
) -> Player:
    """Return who makes the most visited move of a search."""

    def move(states: np.ndarray, past: np.ndarray) -> np.ndarray:
        forest = Forest(
            rules,
            states,
            evaluate,
            simulations,
            c_puct=c_puct,
            past=past if rules.superko else None,
        )
        for _ in range(simulations):
            forest.simulate()
        return forest.visits().argmax(1)

    return move


def plain(rules: Many, rollouts: int, rng: np.random.Generator) -> Player:
    """Return plain Monte Carlo search: no net, one random game to the end for each new leaf."""
    return searcher(rules, by_rollouts(rules, rng), rollouts)


def at_random(rules: Many, rng: np.random.Generator) -> Player:
    """Return who makes any legal move."""
    return lambda states, past: random_moves(rules.legal(states, past), rng)


def one_ply(rules: Many, rng: np.random.Generator) -> Player:
    """Return who wins if one move does it, else makes any move that does not let the other win so.

    That looks one ply ahead for itself, and one for the other.
    """

    def move(states: np.ndarray, past: np.ndarray) -> np.ndarray:
        legal = rules.legal(states, past)
        wins = legal & winning(rules, states, legal)
        passed = states.copy()
        passed[:, PLY] += 1  # as if the other were to move
        threats = legal & winning(rules, passed, legal)
        best = np.where(
            wins.any(1)[:, None], wins, np.where(threats.any(1)[:, None], threats, legal)
        )
        return random_moves(best, rng)

    return move


def winning(rules: Many, states: np.ndarray, legal: np.ndarray) -> np.ndarray:
    """Return which legal moves win at once for who moves, bool (B, moves)."""
    which, moves = legal.nonzero()
    results = rules.result(rules.advance(states[which], moves))
    found = np.zeros_like(legal)
    found[which, moves] = results == np.where(states[which, PLY] & 1, -1, 1)
    return found


def policy_player(
    rules: Many, evaluate: EvaluateMany, rng: np.random.Generator | None = None
) -> Player:
    """Return who makes the net's likeliest move without a search; with rng, one drawn by it."""

    def move(states: np.ndarray, past: np.ndarray) -> np.ndarray:
        priors, _ = evaluate(states, rules.legal(states, past))
        if rng is None:
            return priors.argmax(1)
        return (priors.cumsum(1) > rng.random((len(priors), 1)) * 0.9999).argmax(1)

    return move
