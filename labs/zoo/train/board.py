"""The recipes of the nets that play: self-play from nothing, and AlphaGo's stages one by one.

Silver et al., "Mastering the game of Go with deep neural networks and tree search" (2016),
https://doi.org/10.1038/nature16961, and "... without human knowledge" (2017),
https://doi.org/10.1038/nature24270.  Nothing is read but the rules.
"""

from pathlib import Path

import torch

from labs.models.board import BoardNet
from labs.play.board.games import Game, load
from labs.play.board.matches import Score
from labs.play.board.selfplay.strength import Opponent, strength
from labs.play.board.selfplay.training import Plan, SelfPlay
from labs.zoo.train.digits import Result, Say

CALM = 0.6  # the share of the training after which the learning rate falls
LEAST = 0.03  # of the learning rate, at the end
ROLLOUTS = 1000
SIMULATIONS = 200
GAMES = 100


def rate_at(done: float, rate: float) -> float:
    """Return the learning rate when a share `done` of the training is over."""
    return rate * max(LEAST, min(1.0, (1 - done) / (1 - CALM)))


def self_play(
    name: str,
    kind: type[BoardNet],
    steps: int,
    plan: Plan,
    data: Path,
    seed: int,
    say: Say,
    *,
    rollouts: int = ROLLOUTS,
    games: int = GAMES,
) -> Result:
    """Learn a game from nothing but its rules; measure against plain Monte Carlo search.

    rollouts: of the opponent, before each of its moves.  games: of the match.
    """
    torch.manual_seed(seed)  # the initial weights; a training run is a process of its own
    game, net = load(name), kind()
    training = SelfPlay(game, net.eval(), seed, plan)
    for step in range(steps):
        training.learner.set_rate(rate_at(step / steps, plan.rate))
        report = training.step()
        if report.updates and step % 50 == 0:
            say(
                f"{step} of {steps}: {training.games_ended} games, "
                f"policy {report.policy_loss:.3f}, value {report.value_loss:.3f}"
            )
    metrics = {"positions": training.learner.seen, "games": training.games_ended}
    return Result(net, metrics | measured(game, net, seed, rollouts, games))


def measured(game: Game, net: BoardNet, seed: int, rollouts: int, games: int) -> dict[str, float]:
    """Return how it went against plain Monte Carlo search, and without a search against one ply."""
    opponent = Opponent("plain", rollouts)
    search = strength(game, net, opponent, games, seed, simulations=SIMULATIONS, opening=0)
    alone = strength(game, net, Opponent("one ply", 0), GAMES, seed)
    return counted(search, f"against_{rollouts}_rollouts") | counted(alone, "alone_against_one_ply")


def counted(score: Score, what: str) -> dict[str, float]:
    """Return a match as numbers of games."""
    return {
        f"won_first_{what}": score.won[0],
        f"won_second_{what}": score.won[1],
        f"drawn_{what}": sum(score.drawn),
        f"lost_{what}": sum(score.lost),
    }
