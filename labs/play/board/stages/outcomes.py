"""Stage 3, value net: predict who wins from games of the policy that the gradient improved.

AlphaGo has a net of its own for it.  Here one net has two heads, so the policy that shall guide the
search, the supervised one, is learned again beside the value: it stays what it was.
"""

import numpy as np
import torch

from labs.play.board.forest import EvaluateMany
from labs.play.board.games.many import Many
from labs.play.board.selfplay.games import Samples
from labs.play.board.stages.gradient import play


def judged(
    rules: Many,
    strong: EvaluateMany,
    guide: EvaluateMany,
    games: int,
    rng: np.random.Generator,
    each: int = 4,
) -> Samples:
    """Return positions of games of `strong` against itself, and their results.

    each: so many of a game on average; few, because its positions are alike and end alike.
    shares: the policy of `guide` there.
    """
    records = [play(rules, strong, strong, games, rng) for _ in range(2)]
    states, values = [], []
    for record in records:  # each holds one side's moves
        keep = rng.permutation(len(record.moves))[: games * each // 2]
        states.append(record.states[keep])
        values.append(record.results[keep])
    states, values = np.concatenate(states), np.concatenate(values)
    shares, _ = guide(states, rules.legal(states))
    return Samples(
        torch.from_numpy(rules.planes(states)),
        torch.from_numpy(shares.astype(np.float32)),
        torch.from_numpy(values),
    )
