"""The recipes of AlphaGo's stages on Connect Four; each begins with the net of the one before.

Silver et al., "Mastering the game of Go with deep neural networks and tree search" (2016),
https://doi.org/10.1038/nature16961
"""

from copy import deepcopy
from pathlib import Path

import numpy as np
import torch

from labs import zoo
from labs.models.board import BoardNet, ConnectFourNet
from labs.play.board import many_nets
from labs.play.board.games import load
from labs.play.board.games.many import many
from labs.play.board.matches import match, policy_player
from labs.play.board.selfplay.games import Samples
from labs.play.board.selfplay.learner import Learner
from labs.play.board.selfplay.strength import Opponent, strength
from labs.play.board.stages.gradient import PolicyGradient
from labs.play.board.stages.outcomes import judged
from labs.play.board.stages.supervised import expert_games
from labs.zoo.train.board import GAMES, ROLLOUTS, SIMULATIONS, counted, rate_at
from labs.zoo.train.digits import Result, Say

GAME = "connect-four"
EXPERTS, THOUGHT, MOVES = 128, 300, 200  # games at once, their rollouts, moves in each
EPOCHS = 6
GRADIENTS, RIVAL = 90, 10  # steps, and after how many the net joins its opponents
JUDGED, EACH = 6000, 5  # games, positions of a game


def of_stage(name: str) -> BoardNet:
    """Return a copy of a stage's net that may learn."""
    return deepcopy(zoo.load(f"board-{GAME}-{name}")).requires_grad_(True)


def learn(
    net: BoardNet, samples: Samples, seed: int, weights: tuple[float, float], rate: float, say: Say
) -> None:
    """Learn from samples, each `EPOCHS` times on average."""
    generator = torch.Generator().manual_seed(seed)
    learner = Learner(
        load(GAME), net, generator, capacity=len(samples), weights=weights, mixed=True
    )
    learner.add(samples)
    steps = EPOCHS * len(samples) // learner.batch
    for step in range(steps):
        learner.set_rate(rate_at(step / steps, rate))
        policy, value = learner.step()
        if step % 500 == 0:
            say(f"{step} of {steps}: policy {policy:.3f}, value {value:.3f}")


def supervised(data: Path, seed: int, say: Say) -> Result:
    """Learn what plain Monte Carlo search does."""
    torch.manual_seed(seed)
    net, game = ConnectFourNet(), load(GAME)
    found = expert_games(many(game), EXPERTS, THOUGHT, MOVES, np.random.default_rng(seed))
    held, kept = found[: len(found) // 10], found[len(found) // 10 :]
    learn(net, joined(kept), seed, (1.0, 0.0), 2e-3, say)
    test = joined(held)
    with torch.inference_mode():
        logits = net.eval()(test.planes)[0]
    right = (logits.argmax(1) == test.shares.argmax(1)).float().mean()
    metrics = {
        "positions": sum(map(len, kept)),
        "held_out_positions": len(test),
        "held_out_accuracy": float(right),  # of the expert's most visited move
    }
    alone = strength(game, net, Opponent("one ply", 0), GAMES, seed)
    return Result(net, metrics | counted(alone, "alone_against_one_ply"))


def joined(parts: list[Samples]) -> Samples:
    """Return several samples as one."""
    columns = ((part.planes, part.shares, part.values) for part in parts)
    return Samples(*(torch.cat(column) for column in zip(*columns, strict=True)))


def gradient(data: Path, seed: int, say: Say) -> Result:
    """Improve the supervised policy by playing against its earlier versions."""
    game, net = load(GAME), of_stage("supervised")
    rules = many(game)
    learning = PolicyGradient(rules, net, seed)
    for step in range(GRADIENTS):
        result = learning.step()
        if step % RIVAL == RIVAL - 1:
            learning.keep_rival()
            say(f"{step + 1} of {GRADIENTS}: mean result {result:.3f}")
    rng = np.random.default_rng(seed)
    before = zoo.load(f"board-{GAME}-supervised")
    players = [
        policy_player(rules, many_nets.by_net(rules, many_nets.playing_copy(each)), rng)
        for each in (net, before)
    ]
    metrics = counted(match(rules, *players, 4 * GAMES, rng), "against_supervised")
    alone = strength(game, net, Opponent("one ply", 0), GAMES, seed)
    return Result(net, metrics | counted(alone, "alone_against_one_ply"))


def value(data: Path, seed: int, say: Say) -> Result:
    """Learn to judge positions by the results of the improved policy's games."""
    game, net = load(GAME), of_stage("supervised")
    rules, rng = many(game), np.random.default_rng(seed)
    strong, guide = (
        many_nets.by_net(rules, many_nets.playing_copy(zoo.load(f"board-{GAME}-{name}")))
        for name in ("gradient", "supervised")
    )
    learn(net, judged(rules, strong, guide, JUDGED, rng, EACH), seed, (1.0, 1.0), 1e-3, say)
    test = judged(rules, strong, guide, JUDGED // 10, rng, EACH)
    with torch.inference_mode():
        predicted = net.eval()(test.planes)[1]
    metrics = {
        "held_out_square_error": float((predicted - test.values).square().mean()),
        "held_out_variance": float(test.values.var(correction=0)),
    }
    opponent = Opponent("plain", ROLLOUTS)
    search = strength(game, net, opponent, GAMES, seed, simulations=SIMULATIONS, opening=0)
    return Result(net, metrics | counted(search, f"against_{ROLLOUTS}_rollouts"))
