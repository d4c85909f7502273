"""What a search asks at a leaf: a net, random games to the end, or less than both.

Each function here makes an `evaluate(state) -> (priors (moves,), value)`; see
`labs.play.board.search`.  The value in [-1, 1] is seen by the player to move.
"""

import numpy as np
import torch
from torch import Tensor

from labs.models.board import BoardNet
from labs.play.board.fused import Fused
from labs.play.board.games import Game, State
from labs.play.board.search import Evaluate


def by_net(game: Game, net: BoardNet, remembered: int = 20_000) -> Evaluate:
    """Return the net's policy over the legal moves, and its value.

    remembered: so many positions are not evaluated again when they come back by other moves.
    """
    fused, known = Fused(net, *game.shape), {}

    def evaluate(state: State) -> tuple[Tensor, float]:
        key = state.key
        found = known.get(key)
        if found is None:
            logits, value = fused(game.planes(state).numpy())
            legal = game.legal(state).numpy()
            shares = np.exp(np.minimum(logits - logits[legal].max(), 0)) * legal
            if len(known) >= remembered:
                known.clear()
            found = known[key] = torch.from_numpy(shares / shares.sum()), value
        return found

    return evaluate


def by_rollouts(game: Game, generator: torch.Generator, rollouts: int = 1) -> Evaluate:
    """Return all moves alike, and the mean result of random games from here to the end."""

    def evaluate(state: State) -> tuple[Tensor, float]:
        total = sum(rollout(game, state, generator) for _ in range(rollouts))
        sign = -1 if game.player(state) else 1
        return game.legal(state).float(), sign * total / rollouts

    return evaluate


def mixed(policy: Evaluate | None, value: Evaluate | None) -> Evaluate:
    """Return the priors of one and the value of another; None is off: all moves alike, or 0.

    Raises ValueError if both are off: priors need a policy or at least the number of moves.
    """
    if policy is None and value is None:
        raise ValueError("a search needs a policy or a value: both are off")

    def evaluate(state: State) -> tuple[Tensor, float]:
        priors = None if policy is None else policy(state)[0]
        other, v = (None, 0.0) if value is None else value(state)
        return (torch.ones_like(other) if priors is None else priors), v

    return evaluate


def rollout(game: Game, state: State, generator: torch.Generator) -> int:
    """Return the result for the first player of one game of random legal moves."""
    while (result := game.result(state)) is None:
        legal = game.legal(state)
        state = game.advance(state, int(torch.multinomial(legal.float(), 1, generator=generator)))
    return result
