"""The shown search against a plain one, at batch 1, and how long a move takes.

The plain one is dictionaries and nn.Module, as one would write it first, and visits the same moves
(held in tests/play/board/test_search.py).  Each timing begins with an empty tree and an evaluation
that remembers nothing.
"""

from collections.abc import Iterator

import torch

from labs import zoo
from labs.play.board.evaluate import by_net
from labs.play.board.games import load
from labs.play.board.search import search
from tests.bench.measure import Row, interleaved
from tests.play.board.plain import plain_search

GAMES = ("connect-four", "go5")
SIMULATIONS = 200
REPEATS = 7
FAST = 3  # times a plain implementation
LIMIT = 1.5  # seconds for a move


def rows() -> Iterator[Row]:
    """Yield for each game how many times as fast ours is, its simulations a second and a move."""
    generator = torch.Generator().manual_seed(1)
    for name in GAMES:
        game, net = load(name), zoo.load(f"board-{name}")
        state = game.start()
        for move in (3, 12, 2, 13) if name == "go5" else (3, 3, 2, 4):
            state = game.play(state, move)
        taken = interleaved(
            {
                "ours": lambda g=game, s=state, n=net: search(
                    g, s, by_net(g, n), SIMULATIONS, generator
                ),
                "plain": lambda g=game, s=state, n=net: plain_search(g, s, n, SIMULATIONS),
            },
            repeats=REPEATS,
            warm=1,
        )
        ratio = taken["plain"] / taken["ours"]
        yield Row(f"{name}: simulations against a plain search", ratio, "times", FAST)
        yield Row(f"{name}: simulations", 1000 * SIMULATIONS / taken["ours"], "a second")
        seconds = taken["ours"] / 1000
        yield Row(f"{name}: a move of {SIMULATIONS}", seconds, "s", at_most=LIMIT)
