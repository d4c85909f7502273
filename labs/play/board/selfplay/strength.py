"""How strong a net is: games against opponents that do not change."""

from dataclasses import dataclass

import numpy as np
from torch import nn

from labs.play.board import many_nets
from labs.play.board.games import Game
from labs.play.board.games.many import Many, many
from labs.play.board.matches import (
    Player,
    Score,
    at_random,
    match,
    one_ply,
    plain,
    policy_player,
    searcher,
)


@dataclass(frozen=True)
class Opponent:
    """Who does not learn."""

    name: str
    rollouts: int | None = None  # of plain Monte Carlo search; 0: looks one ply ahead, None: random

    def player(self, rules: Many, rng: np.random.Generator) -> Player:
        """Return how it moves."""
        if self.rollouts is None:
            return at_random(rules, rng)
        return plain(rules, self.rollouts, rng) if self.rollouts else one_ply(rules, rng)


OPPONENTS = (
    Opponent("random moves"),
    Opponent("one ply ahead", 0),
    Opponent("Monte Carlo, 100 random games", 100),
)


def strength(
    game: Game,
    net: nn.Module,
    opponent: Opponent,
    games: int,
    seed: int,
    *,
    simulations: int = 0,
    opening: int = 1,
) -> Score:
    """Return how `games` games went for the net, each side first in half of them.

    simulations: of its search; 0: it makes its likeliest move.
    opening: so many random moves first, because a net by itself plays the same game each time.
    """
    rules, rng = many(game), np.random.default_rng(seed)
    evaluate = many_nets.by_net(rules, many_nets.playing_copy(net))
    if simulations:
        player = searcher(rules, evaluate, simulations)
    else:
        player = policy_player(rules, evaluate)
    return match(rules, player, opponent.player(rules, rng), games, rng, opening)
