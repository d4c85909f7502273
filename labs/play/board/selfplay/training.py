"""Self-play, one step at a time: a move in all games, then what was found is learned.

Silver et al., "Mastering the game of Go without human knowledge" (2017),
https://doi.org/10.1038/nature24270
"""

from dataclasses import dataclass

import numpy as np
import torch
from torch import nn

from labs.play.board import many_nets
from labs.play.board.games import Game
from labs.play.board.games.many import many
from labs.play.board.selfplay.games import Ended, Games
from labs.play.board.selfplay.learner import Learner

FIRST_FILL = 1000  # positions in the buffer before anything is learned from it
REFRESH = 8  # moves after which the games go on with what was learned


@dataclass(frozen=True)
class Plan:
    """How much is played, and how it is learned."""

    games: int = 128  # at once
    simulations: int = 32  # before each move
    reuse: float = 4.0  # how often a position is learned from, on average
    batch: int = 128
    rate: float = 2e-3  # the learning rate
    capacity: int = 100_000  # positions kept
    noise: float = 0.25  # the share of noise in the root's priors
    warm: int = 10  # moves of a game that are drawn by their visits
    openings: int = 0  # a game begins with so many random moves at most
    mixed: bool = False  # learn in bfloat16 where that is faster


@dataclass(frozen=True)
class Step:
    """What one step did."""

    ended: list[Ended]  # the games that ended
    policy_loss: float | None  # the mean of its minibatches, in nats; None: nothing was learned
    value_loss: float | None  # a mean square
    updates: int  # minibatches


class SelfPlay:
    """A net that plays against itself and learns from it."""

    def __init__(self, game: Game, net: nn.Module, seed: int, plan: Plan | None = None) -> None:
        """net: is changed in place."""
        self.game, self.net, self.plan = game, net, plan or Plan()
        plan = self.plan
        self.rules, self.rng = many(game), np.random.default_rng(seed)
        self.games = Games(
            self.rules,
            plan.games,
            plan.simulations,
            self.rng,
            noise=plan.noise,
            warm=plan.warm,
            openings=plan.openings,
        )
        generator = torch.Generator().manual_seed(seed)
        self.learner = Learner(
            game,
            net,
            generator,
            capacity=plan.capacity,
            batch=plan.batch,
            rate=plan.rate,
            mixed=plan.mixed,
        )
        self.moves_made = 0  # steps; each is a move in every game
        self.games_ended = 0
        self.due = 0.0  # minibatches that wait until enough positions are there

    def step(self) -> Step:
        """Make a move in every game; learn from the games that ended."""
        if self.moves_made % REFRESH == 0:
            playing = many_nets.playing_copy(self.net)
            self.evaluate = many_nets.by_net(self.rules, playing, self.rng)
        samples, ended = self.games.move(self.evaluate)
        self.moves_made += 1
        self.games_ended += len(ended)
        if samples is not None:
            self.learner.add(samples)
            self.due += len(samples) * self.plan.reuse / self.plan.batch
        if len(self.learner) < FIRST_FILL:
            self.due = 0.0
        losses = [self.learner.step() for _ in range(int(self.due))]
        self.due -= len(losses)
        if not losses:
            return Step(ended, None, None, 0)
        policy, value = np.mean(losses, 0).tolist()
        return Step(ended, policy, value, len(losses))
