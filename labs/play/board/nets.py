"""Which nets the zoo has of each game, and what a search asks of them."""

from functools import cache
from threading import Lock

import torch
from torch import Tensor, nn

from labs import zoo
from labs.models.board import (
    ConnectFourNet,
    GoFiveNet,
    GoSevenNet,
    SmallConnectFourNet,
    TicTacToeNet,
)
from labs.play.board.evaluate import by_net, by_rollouts, mixed
from labs.play.board.games import GAMES, Game, State
from labs.play.board.search import Evaluate

FRESH = {
    "connect-four": ConnectFourNet, "go5": GoFiveNet, "go7": GoSevenNet,
    "connect-four-small": SmallConnectFourNet, "tic-tac-toe": TicTacToeNet,
}  # fmt: skip


def playable() -> tuple[Game, ...]:
    """Return the games that some net of the zoo has learned."""
    return tuple(game for game in GAMES.values() if f"board-{game.name}" in zoo.manifest())


def net_of(name: str) -> nn.Module:
    """Return the net that learned a game: planes (N, C, H, W) -> logits (N, moves), values (N,)."""
    return zoo.load(f"board-{name}")


def fresh(name: str, seed: int) -> nn.Module:
    """Return a net of a game that has not learned yet, its weights drawn from `seed`."""
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        return FRESH[name]().eval()


def evaluation(
    game: Game, *, policy: str = "net", value: str = "net", generator: torch.Generator
) -> Evaluate:
    """Return what a search asks: policy "net" or "none", all moves alike; value "net", "rollout",
    "both", their mean as in AlphaGo (2016), or "none", which is 0.
    """
    net = remembered(game.name)
    chance = by_rollouts(game, generator)
    values = {"net": net, "rollout": chance, "none": None, "both": mean(net, chance)}
    if policy == value == "net":
        return net
    if policy == "none" and value == "none":  # what is left is counting
        return lambda state: (game.legal(state).float(), 0.0)
    return mixed(net if policy == "net" else None, values[value])


@cache
def remembered(name: str) -> Evaluate:
    """Return what the net of a game says; a position that was asked for lately is not asked again.

    All visitors share it: most searches begin near the same few positions.  Its buffers serve one
    thread at a time.
    """
    ask, turn = by_net(GAMES[name], net_of(name)), Lock()

    def evaluate(state: State) -> tuple[Tensor, float]:
        with turn:
            return ask(state)

    return evaluate


def mean(one: Evaluate, other: Evaluate) -> Evaluate:
    """Return the priors of the first, and the mean of both values."""

    def evaluate(state: State) -> tuple[Tensor, float]:
        priors, value = one(state)
        return priors, (value + other(state)[1]) / 2

    return evaluate
