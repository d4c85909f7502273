"""What a search asks at a leaf: a net, random games to the end, or less than both.

Each function here makes an `evaluate(state) -> (priors (moves,), value)`; see
`labs.play.board.search`.  The value in [-1, 1] is seen by the player to move.
"""

import torch
from torch import Tensor, nn

from labs.play.board.games import Game, State
from labs.play.board.search import Evaluate


def by_net(game: Game, net: nn.Module) -> Evaluate:
    """Return the net's policy over the legal moves, and its value."""

    @torch.inference_mode()
    def evaluate(state: State) -> tuple[Tensor, float]:
        logits, value = net(game.planes(state)[None])
        logits = logits[0].masked_fill(~game.legal(state), -torch.inf)
        return logits.softmax(0), float(value)

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
