"""The stages of AlphaGo's recipe as players of Connect Four: from random moves to self-play.

Silver et al. (2016) trained a policy on games of strong players, improved it by policy gradient,
trained a value net on the improved policy's games, and searched with all of them and random games.
Silver et al. (2017) left out everything but a net with two heads, the search, and self-play.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from threading import Lock

import torch
from torch import Tensor

from labs import zoo
from labs.play.board.evaluate import by_net, by_rollouts
from labs.play.board.games import GAMES, Game, State
from labs.play.board.search import Evaluate, Tree

GAME = "connect-four"
Move = Callable[[State, int, torch.Generator], int]  # a state, simulations, chance -> a move


@dataclass(frozen=True)
class Stage:
    """One step of the recipe, as a player."""

    key: str
    short: str  # the title, where there is little room
    title: str
    year: str
    learns: str  # from what
    nets: tuple[str, ...]  # of the zoo; () where nothing was learned
    move: Move
    told: str  # what it does


@cache
def asked(net: str) -> Evaluate:
    """Return what a net of the zoo says of a position of Connect Four; one thread at a time."""
    ask, turn = by_net(GAMES[GAME], zoo.load(net)), Lock()

    def evaluate(state: State) -> tuple[Tensor, float]:
        with turn:
            return ask(state)

    return evaluate


def likeliest(net: str) -> Move:
    """Return who makes the likeliest move of a policy."""
    return lambda state, _, chance: int(asked(net)(state)[0].argmax())


def searched(make: Callable[[torch.Generator], Evaluate]) -> Move:
    """Return who makes the most visited move of a search."""

    def move(state: State, simulations: int, chance: torch.Generator) -> int:
        tree = Tree(GAMES[GAME], state, make(chance))
        for _ in range(simulations):
            tree.simulate()
        return tree.choose()

    return move


def at_random(state: State, _: int, chance: torch.Generator) -> int:
    """Make any legal move."""
    legal = GAMES[GAME].legal(state).float()
    return int(torch.multinomial(legal, 1, generator=chance))


def both_values(game: Game, policy: str, value: str, chance: torch.Generator) -> Evaluate:
    """Return AlphaGo's evaluation (2016): one net's policy, and the mean of another's value and a
    random game, lambda = 0.5.
    """
    played = by_rollouts(game, chance)

    def evaluate(state: State) -> tuple[Tensor, float]:
        return asked(policy)(state)[0], (asked(value)(state)[1] + played(state)[1]) / 2

    return evaluate


SUPERVISED, GRADIENT, VALUE, ZERO = (
    f"board-{GAME}{stage}" for stage in ("-supervised", "-gradient", "-value", "")
)
ALL = (
    Stage(
        "random", "random", "random moves", "", "nothing", (),
        at_random,
        "Any legal move. Whoever loses to it has learned nothing.",
    ),
    Stage(
        "rollouts", "MCTS", "random games searched", "2006", "nothing", (),
        searched(lambda chance: by_rollouts(GAMES[GAME], chance)),
        "Monte Carlo tree search without a net: all moves have the same prior, and a new "
        "position is worth what one random game from it brought (UCT, 2006).",
    ),
    Stage(
        "supervised", "superv.", "supervised policy", "2016", "the moves of a stronger player",
        (SUPERVISED,),
        likeliest(SUPERVISED),
        "A net learned which move a stronger player makes; AlphaGo took 30 million positions of "
        "human games. Here the stronger player is a search of random games. It does not search.",
    ),
    Stage(
        "gradient", "gradient", "policy gradient", "2016", "who won its games", (GRADIENT,),
        likeliest(GRADIENT),
        "The same net played against earlier versions of itself. Moves of games that were won "
        "became likelier, the others rarer (REINFORCE). It does not search.",
    ),
    Stage(
        "value", "value", "value net searched", "2016", "the results of those games",
        (SUPERVISED, VALUE),
        searched(lambda chance: (
            lambda state: (asked(SUPERVISED)(state)[0], asked(VALUE)(state)[1])
        )),
        "A second net learned who wins from a position, from the improved policy's games. The "
        "search takes its priors from the supervised policy, and its values from this net.",
    ),
    Stage(
        "alphago", "AlphaGo", "AlphaGo, all together", "2016", "all of the above",
        (SUPERVISED, VALUE),
        searched(lambda chance: both_values(GAMES[GAME], SUPERVISED, VALUE, chance)),
        "As in 2016: the search takes its priors from the supervised policy, and its value is "
        "the mean of the value net and one random game.",
    ),
    Stage(
        "alone", "alone", "self-play, policy alone", "2017", "its own searches", (ZERO,),
        likeliest(ZERO),
        "The net of self-play, without the search that it was made by: its likeliest move.",
    ),
    Stage(
        "zero", "Zero", "AlphaGo Zero", "2017", "its own searches", (ZERO,),
        searched(lambda chance: asked(ZERO)),
        "As in 2017: one net with two heads that learned from its own searches and nothing "
        "else. No games of others, no policy gradient, no random games.",
    ),
)  # fmt: skip


def stages() -> tuple[Stage, ...]:
    """Return the stages whose nets the zoo has."""
    return tuple(s for s in ALL if all(net in zoo.manifest() for net in s.nets))
