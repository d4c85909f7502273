"""The zoo's nets that play: what the manifest says they do, and a few games to see that they do."""

import pytest
import torch

from labs import zoo
from labs.play.board.evaluate import by_net
from labs.play.board.games import GAMES, load
from labs.play.board.search import search
from labs.play.board.selfplay.strength import OPPONENTS, Opponent, strength
from tests.long import takes_long

NETS = {
    name: game
    for name in zoo.manifest()
    for game in sorted(GAMES, key=len)
    if name == f"board-{game}"
}
STAGES = ("supervised", "gradient", "value")


def metrics(name: str) -> dict[str, float]:
    return zoo.manifest()[name]["metrics"]


@pytest.mark.parametrize("name", NETS)
def test_it_reads_planes_and_gives_a_policy_and_a_value(name, rng):
    game, net = load(NETS[name]), zoo.load(name)
    planes = torch.randint(2, (5, len(game.plane_names), *game.shape), generator=rng).float()
    logits, values = net(planes)
    assert logits.shape == (5, game.moves)
    assert values.shape == (5,)
    assert values.abs().max() <= 1
    assert logits.isfinite().all()


@pytest.mark.parametrize("name", NETS)
def test_without_a_search_it_beats_random_moves(name):
    score = strength(load(NETS[name]), zoo.load(name), OPPONENTS[0], 40, 1)
    assert score.points >= 0.75  # Go on 7 x 7 learned least


@takes_long
def test_connect_four_beats_plain_search():
    """The manifest's match, and a few games against less."""
    found = metrics("board-connect-four")
    won = [found[f"won_{side}_against_1000_rollouts"] for side in ("first", "second")]
    assert sum(won) >= 85
    game, net = load("connect-four"), zoo.load("board-connect-four")
    again = strength(game, net, Opponent("plain", 150), 8, 2, simulations=50, opening=0)
    assert sum(again.won) >= 5


def test_connect_four_begins_in_the_middle(rng):
    game, net = load("connect-four"), zoo.load("board-connect-four")
    assert int(search(game, game.start(), by_net(game, net), 200, rng).argmax()) == 3


def test_go_beats_plain_search_and_opens_in_the_centre(rng):
    found = metrics("board-go5")
    won = [found[f"won_{side}_against_1000_rollouts"] for side in ("first", "second")]
    assert sum(won) >= 90
    game, net = load("go5"), zoo.load("board-go5")
    assert game.words(int(search(game, game.start(), by_net(game, net), 200, rng).argmax())) == "c3"


def test_tic_tac_toe_is_not_lost():
    game, net = load("tic-tac-toe"), zoo.load("board-tic-tac-toe")
    score = strength(game, net, OPPONENTS[1], 60, 1, simulations=100)
    assert sum(score.lost) == 0


def test_each_stage_is_stronger_than_the_one_before():
    """Measured by the recipes."""
    names = [f"board-connect-four-{stage}" for stage in STAGES]
    supervised, gradient, value = (metrics(name) for name in names)
    assert supervised["held_out_accuracy"] > 2 / 7  # twice what chance gets
    won = sum(gradient[f"won_{side}_against_supervised"] for side in ("first", "second"))
    assert won > gradient["lost_against_supervised"]
    assert value["held_out_square_error"] < 0.9 * value["held_out_variance"]
