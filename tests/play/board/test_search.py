"""The search: the formula by hand, exact games solved, many in step as one by one."""

import math

import numpy as np
import pytest
import torch

from labs.models.board import BoardNet, ConnectFourNet, GoFiveNet, GoSevenNet, TicTacToeNet
from labs.play.board import many_nets
from labs.play.board.evaluate import by_net, by_rollouts, mixed
from labs.play.board.forest import Forest
from labs.play.board.fused import Fused
from labs.play.board.games import load
from labs.play.board.games.many import many
from labs.play.board.search import Tree, search
from tests.play.board.plain import plain_search

NETS = {
    "connect-four": ConnectFourNet,
    "go5": GoFiveNet,
    "go7": GoSevenNet,
    "tic-tac-toe": TicTacToeNet,
}


def untrained(kind: type[BoardNet]) -> BoardNet:
    """A net whose norms have seen something, so that they are not the identity."""
    torch.manual_seed(0)
    net = kind()
    net.train()
    for _ in range(3):
        net(torch.rand(32, net.stem.in_channels, *shape_of(kind)))
    return net.eval().requires_grad_(False)


def shape_of(kind: type[BoardNet]) -> tuple[int, int]:
    return next(load(name).shape for name, other in NETS.items() if other is kind)


def after(game, moves):
    state = game.start()
    for move in moves:
        state = game.play(state, move)
    return state


def even(game):
    return lambda state: (torch.ones(game.moves), 0.0)


@pytest.mark.parametrize("name", NETS)
def test_one_position_at_a_time_is_the_net(name, rng):
    game, net = load(name), untrained(NETS[name])
    fused = Fused(net, *game.shape)
    planes = torch.rand(20, len(game.plane_names), *game.shape, generator=rng)
    logits, values = net(planes)
    for one, logit, value in zip(planes, logits, values, strict=True):
        found, v = fused(one.numpy())
        assert np.allclose(found, logit, atol=1e-5)
        assert v == pytest.approx(float(value), abs=1e-5)


@pytest.mark.parametrize("name", NETS)
def test_the_search_is_the_plain_one(name, rng):
    """Visit for visit as a search of dictionaries and nn.Module, from several positions."""
    game, net = load(name), untrained(NETS[name])
    state = game.start()
    for _ in range(4):
        found = search(game, state, by_net(game, net), 60, rng)
        assert found.tolist() == plain_search(game, state, net, 60)
        assert found.sum() == 60
        state = game.play(state, int(found.argmax()))


@pytest.mark.parametrize("name", ["connect-four", "go5", "tic-tac-toe"])
def test_many_in_step_are_one_by_one(name, rng):
    """The arrays of `Forest` visit what `Tree` visits, with superko where there is one."""
    game, net = load(name), untrained(NETS[name])
    rules = many(game)
    singles, states, pasts = [], [], []
    for seed in range(6):
        state = game.start()
        draw = torch.Generator().manual_seed(seed)
        past = [state[:2]]
        for _ in range(3 * seed if name != "tic-tac-toe" else seed // 2):
            legal = game.legal(state).float()
            legal[game.moves - 1] *= 0.01
            state = game.play(state, int(torch.multinomial(legal, 1, generator=draw)))
            past.append(state[:2])
        singles.append(state)
        passes, taken = getattr(state, "passes", 0), getattr(state, "taken", False)
        states.append([*state[:3], passes, taken])
        pasts.append(past + [(-1, -1)] * (20 - len(past)))
    evaluate = many_nets.by_net(rules, net)
    forest = Forest(rules, np.array(states), evaluate, 50, past=np.array(pasts))
    for _ in range(50):
        forest.simulate()
    for state, visits, value in zip(singles, forest.visits(), forest.values(), strict=True):
        tree = Tree(game, state, by_net(game, net))
        for _ in range(50):
            tree.simulate()
        assert tree.visits().tolist() == visits.tolist()
        assert tree.root.W.sum() / 50 == pytest.approx(value, abs=1e-4)


def test_the_formula_by_hand():
    """U(s, a) = c P sqrt(1 + sum N) / (1 + N), and the largest Q + U is chosen."""
    game = load("tic-tac-toe")
    priors = torch.arange(1.0, 10)
    tree = Tree(game, game.start(), lambda state: (priors, 0.3), c_puct=2.0)
    root = tree.root
    assert np.allclose(root.P, (priors / 45).numpy())
    walk = tree.simulate()
    assert root.moves[walk.choices[0]] == 8  # by its prior
    assert root.N.tolist() == [0] * 8 + [1]
    assert root.W[8] == pytest.approx(-0.3)  # the other player likes it
    assert root.Q[8] == pytest.approx(-0.3)
    for a in range(9):
        u = 2.0 * (a + 1) / 45 * math.sqrt(1 + 1) / (1 + root.N[a])
        assert root.U(2.0)[a] == pytest.approx(u)
    assert tree.select(root) == int((root.Q + root.U(2.0)).argmax())


@pytest.mark.parametrize(
    ("name", "moves", "best"),
    [
        ("tic-tac-toe", (0, 3, 1, 4), 2),  # wins
        ("tic-tac-toe", (0, 4, 1), 2),  # must stop it
        ("connect-four", (3, 2, 3, 2, 3, 2), 3),
        ("connect-four", (3, 2, 3, 2, 3), 3),
    ],
)
def test_a_win_is_found_and_a_loss_is_stopped(name, moves, best, rng):
    game = load(name)
    state = after(game, moves)
    assert int(search(game, state, even(game), 400, rng).argmax()) == best


def test_the_value_of_a_won_game_is_seen_by_who_moves(rng):
    game = load("tic-tac-toe")
    tree = Tree(game, after(game, (0, 3, 1, 4)), even(game))
    for _ in range(100):
        walk = tree.simulate()
        if walk.leaf.outcome is not None and len(walk.nodes) == 2:
            assert walk.value == -1  # who moves there has lost
            assert not walk.evaluated
    best = tree.root.N.argmax()
    assert tree.root.Q[best] == 1


def test_the_number_of_nodes_and_visits(rng):
    game = load("connect-four")
    tree = Tree(game, game.start(), by_rollouts(game, rng))
    walks = [tree.simulate() for _ in range(50)]
    assert int(tree.visits().sum()) == tree.root.visits == 50
    assert sum(walk.evaluated for walk in walks) == 50
    assert len({id(walk.leaf) for walk in walks}) == 50
    for walk in walks:
        for node, choice, child in zip(walk.nodes, walk.choices, walk.nodes[1:], strict=False):
            assert node.children[choice] is child
            assert node.visits == node.N.sum()
            assert (np.abs(node.Q) <= 1).all()


def test_noise_moves_the_priors_and_adds_up_to_one(rng):
    game = load("go5")
    calm = Tree(game, game.start(), even(game))
    noisy = Tree(game, game.start(), even(game), noise=0.25, generator=rng)
    assert calm.root.P.sum() == pytest.approx(1)
    assert noisy.root.P.sum() == pytest.approx(1)
    assert np.abs(noisy.root.P - calm.root.P).max() > 0.01
    assert noisy.root.P.min() >= 0.75 / 26


def test_temperature(rng):
    game = load("tic-tac-toe")
    tree = Tree(game, after(game, (0, 3, 1, 4)), even(game))
    for _ in range(60):
        tree.simulate()
    assert {tree.choose() for _ in range(20)} == {2}
    drawn = {tree.choose(1.0, rng) for _ in range(200)}
    assert len(drawn) > 1
    assert drawn <= set(game.legal(tree.root.state).nonzero()[:, 0].tolist())


def test_without_a_simulation_the_priors_choose():
    game = load("tic-tac-toe")
    priors = torch.ones(9)
    priors[6] = 3
    assert Tree(game, game.start(), lambda _: (priors, 0.0)).choose() == 6


def test_moves_that_are_not_legal_get_nothing(rng):
    game = load("tic-tac-toe")
    visits = search(game, after(game, (4, 0)), even(game), 80, rng)
    assert visits[4] == visits[0] == 0
    assert visits.shape == (9,)
    assert visits.dtype == torch.int64


def test_priors_of_nothing_become_even():
    game = load("tic-tac-toe")
    tree = Tree(game, game.start(), lambda _: (torch.zeros(9), 0.0))
    assert np.allclose(tree.root.P, 1 / 9)


def test_a_game_that_is_over_is_not_searched(rng):
    game = load("tic-tac-toe")
    with pytest.raises(ValueError, match="the game is over"):
        search(game, after(game, (0, 3, 1, 4, 2)), even(game), 10, rng)


def test_a_move_that_is_not_legal_may_seem_best_by_far():
    """The full column has a logit of 200: no share, and no nan."""
    game, net = load("connect-four"), untrained(ConnectFourNet)
    net.policy.bias[3] = 200.0
    priors, _ = by_net(game, net)(after(game, (3,) * 6))
    assert priors[3] == 0
    assert priors.sum() == pytest.approx(1)


def test_policy_and_value_can_be_off(rng):
    game, net = load("connect-four"), untrained(ConnectFourNet)
    state = game.start()
    by_both = by_net(game, net)
    priors, value = mixed(by_both, None)(state)
    assert value == 0
    assert priors.equal(by_both(state)[0])
    priors, value = mixed(None, by_both)(state)
    assert value == by_both(state)[1]
    assert priors.unique().numel() == 1
    with pytest.raises(ValueError, match="both are off"):
        mixed(None, None)


def test_rollouts_are_worth_what_random_games_are(rng):
    """First to move with three in a row and both ends free: it wins most random games."""
    game = load("connect-four")
    evaluate = by_rollouts(game, rng, 40)
    state = after(game, (2, 2, 3, 3, 4, 0))
    other = after(game, (2, 2, 3, 3, 4))  # the other player is to move
    assert evaluate(state)[1] > 0.2
    assert evaluate(other)[1] < 0
