"""Stage 1, supervised policy: predict what a stronger player does.

The experts are plain Monte Carlo search against itself.  What is learned is how often it tried each
move, which says more than the one that it made.
"""

import numpy as np

from labs.play.board.games.many import Many
from labs.play.board.rollouts import by_rollouts
from labs.play.board.selfplay.games import Games, Samples


def expert_games(
    rules: Many, games: int, rollouts: int, steps: int, rng: np.random.Generator, warm: int = 12
) -> list[Samples]:
    """Return the positions of all games that ended within `steps` moves of `games` games at once.

    rollouts: random games before each move.  warm: so many moves are drawn by the visits.
    """
    play = Games(rules, games, rollouts, rng, warm=warm, trust=0.0)
    evaluate = by_rollouts(rules, rng)
    found = [play.move(evaluate)[0] for _ in range(steps)]
    return [samples for samples in found if samples is not None]
