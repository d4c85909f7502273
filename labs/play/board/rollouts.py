"""Random games to the end, many at once: what a position was worth before there were value nets."""

import numpy as np

from labs.play.board.forest import EvaluateMany
from labs.play.board.games.many import Many


def random_moves(legal: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return a legal move of each row, all alike likely, int64 (B,) from bool (B, moves)."""
    return np.where(legal, rng.random(legal.shape, np.float32), -1).argmax(1)


def results_of(rules: Many, states: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return one random game's result for the first player from each state, float32 (B,).

    In Go a stone may not make the position of two moves ago again (ko), but superko is not held.
    """
    results = rules.result(states)
    live = np.flatnonzero(np.isnan(results))
    now, before = states[live], states[live, :2]
    while live.size:
        legal = rules.legal(now)
        moves = random_moves(legal, rng)
        after = rules.advance(now, moves)
        if rules.superko:
            again = np.flatnonzero((after[:, :2] == before).all(1) & (moves < rules.moves - 1))
            if again.size:  # pass where nothing else is left
                legal[again, moves[again]] = False
                after[again] = rules.advance(now[again], random_moves(legal[again], rng))
        before, now = now[:, :2], after
        found = rules.result(now)
        results[live] = found
        on = np.isnan(found)
        live, now, before = live[on], now[on], before[on]
    return results


def by_rollouts(rules: Many, rng: np.random.Generator, each: int = 1) -> EvaluateMany:
    """Return an evaluation: all moves alike, and the mean result of `each` random games."""

    def evaluate(states: np.ndarray, legal: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        results = results_of(rules, states.repeat(each, 0), rng).reshape(-1, each).mean(1)
        return legal / legal.sum(1, keepdims=True), np.where(states[:, 2] & 1, -results, results)

    return evaluate
