"""Random games to the end, many at once: what a position was worth before there were value nets."""

import numpy as np

from labs.play.board.forest import EvaluateMany
from labs.play.board.games.many import FIRST, SECOND, Many, ManyGo


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
        if rules.superko:
            after = random_stones(rules, now, before, rng)
        else:
            after = rules.advance(now, random_moves(rules.legal(now), rng))
        before, now = now[:, :2], after
        found = rules.result(now)
        results[live] = found
        on = np.isnan(found)
        live, now, before = live[on], now[on], before[on]
    return results


def random_stones(
    rules: ManyGo, states: np.ndarray, before: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """Return the states after a random legal move of Go in each; before: int64 (B, 2).

    A free point or a pass is drawn, and drawn again where it was suicide or took a ko back: cheaper
    than to find all legal moves, and they are alike likely too.
    """
    after = np.empty_like(states)
    waiting = np.arange(len(states))
    free = (states[:, FIRST] | states[:, SECOND])[:, None] & rules.game.points == 0
    while waiting.size:
        moves = random_moves(free[waiting], rng)
        made, alive = rules.attempt(states[waiting], moves)
        again = (made[:, :2] == before[waiting]).all(1) & (moves < rules.moves - 1)
        done = alive & ~again
        after[waiting[done]] = made[done]
        free[waiting, moves] = False
        waiting = waiting[~done]
    return after


def by_rollouts(rules: Many, rng: np.random.Generator, each: int = 1) -> EvaluateMany:
    """Return an evaluation: all moves alike, and the mean result of `each` random games."""

    def evaluate(states: np.ndarray, legal: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        results = results_of(rules, states.repeat(each, 0), rng).reshape(-1, each).mean(1)
        return legal / legal.sum(1, keepdims=True), np.where(states[:, 2] & 1, -results, results)

    return evaluate
