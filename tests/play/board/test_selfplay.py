"""Self-play: what is learned from, who is stronger, and that learning happens."""

import numpy as np
import pytest
import torch

from labs.models.board import ConnectFourNet, GoFiveNet, SmallConnectFourNet, TicTacToeNet
from labs.play.board import many_nets
from labs.play.board.games import GAMES, load
from labs.play.board.games.many import PLY, many
from labs.play.board.matches import at_random, match, one_ply, plain, policy_player, searcher
from labs.play.board.rollouts import random_moves
from labs.play.board.selfplay.games import Games, Samples
from labs.play.board.selfplay.learner import Learner, losses
from labs.play.board.selfplay.strength import OPPONENTS, strength
from labs.play.board.selfplay.training import Plan, SelfPlay
from labs.play.board.symmetry import symmetries, turn
from tests.long import takes_long


def untrained(kind):
    torch.manual_seed(0)
    return kind().eval()


def even(states, legal):
    return legal / legal.sum(1, keepdims=True), np.zeros(len(states), np.float32)


@pytest.mark.parametrize("name", GAMES)
def test_a_turned_game_is_a_game(name):
    """Turn every move of a random game: the turned positions are those that come about."""
    game = load(name)
    rng = np.random.default_rng(2)
    points, moves = symmetries(game)
    assert len(points) == (2 if game.drops else 8)
    assert points[0].equal(torch.arange(points.shape[1]))
    for where, names in zip(points, moves, strict=True):
        back = {int(origin): to for to, origin in enumerate(names)}
        state = turned = game.start()
        for _ in range(12):
            if game.result(state) is not None:
                break
            legal = game.legal(state)
            assert game.legal(turned).equal(legal[names])
            move = int(rng.choice(legal.nonzero()[:, 0]))
            state, turned = game.play(state, move), game.play(turned, back[move])
            assert turn(game.planes(state)[None], where)[0].equal(game.planes(turned))


def test_turning_each_by_its_own(rng):
    points, _ = symmetries(load("go5"))
    planes = torch.rand(8, 6, 5, 5, generator=rng)
    each = turn(planes, points)
    for one, expected, where in zip(planes, each, points, strict=True):
        assert turn(one[None], where)[0].equal(expected)


@pytest.mark.parametrize(("name", "kind"), [("connect-four", ConnectFourNet), ("go5", GoFiveNet)])
def test_a_playing_copy_is_the_net_up_to_rounding(name, kind):
    game, net = load(name), untrained(kind)
    rules, rng = many(game), np.random.default_rng(1)
    states = rules.start(150)
    for _ in range(5):
        states = rules.advance(states, random_moves(rules.legal(states), rng))
    legal = rules.legal(states)
    before = {key: value.clone() for key, value in net.state_dict().items()}
    priors, values = many_nets.by_net(rules, many_nets.playing_copy(net))(states, legal)
    with torch.no_grad():
        logits, expected = net(torch.from_numpy(rules.planes(states)))
    shares = logits.masked_fill(~torch.from_numpy(legal), -torch.inf).softmax(1)
    assert np.allclose(priors, shares, atol=0.02)
    assert np.allclose(values, expected, atol=0.03)
    assert (priors[~legal] == 0).all()
    assert all(before[key].equal(value) for key, value in net.state_dict().items())


def test_turned_evaluations_come_back_in_place():
    """A policy that knows a point by its stones: the same whichever way the board was turned."""
    game = load("go5")
    rules = many(game)

    class Around(torch.nn.Module):
        """A move is likely where an own stone stands: turns with the board."""

        def __init__(self) -> None:
            super().__init__()
            self.nothing = torch.nn.Parameter(torch.zeros(1))

        def forward(self, planes):
            return torch.cat([planes[:, 1].flatten(1), planes[:, :1, 0, 0] * 0], 1), planes[
                :, 4, 0, 0
            ]

    states = rules.advance(rules.start(3), np.array([0, 7, 23]))
    legal = np.ones((3, 26), bool)
    expected, _ = many_nets.by_net(rules, Around())(states, legal)
    turning = many_nets.by_net(rules, Around(), np.random.default_rng(0))
    for _ in range(12):
        assert np.allclose(turning(states, legal)[0], expected, atol=1e-6)


def test_the_samples_are_the_games(rng):
    """Each game's positions from the empty board on, and the result seen by who moved."""
    game = load("tic-tac-toe")
    games = Games(many(game), 20, 8, np.random.default_rng(0), trust=0.0)
    met = 0
    while met < 10:
        samples, ended = games.move(even)
        if samples is None:
            continue
        assert len(samples) == sum(len(e.moves) for e in ended)
        at = 0
        for one in ended:
            state = game.start()
            for move in one.moves:
                assert samples.planes[at].equal(game.planes(state))
                own = -one.result if game.player(state) else one.result
                assert samples.values[at] == own
                assert samples.shares[at].sum() == pytest.approx(1)
                assert (samples.shares[at][~game.legal(state)] == 0).all()
                state = game.play(state, move)
                at += 1
            assert game.result(state) == one.result
            met += 1


def test_an_opening_is_played_and_not_learned():
    game = load("connect-four-small")
    games = Games(many(game), 40, 4, np.random.default_rng(0), warm=0, openings=5)
    skipped, firsts = set(), set()
    for _ in range(60):
        free = games.free.copy()
        at = [len(kept) for kept in games.kept]
        samples, ended = games.move(even)
        if samples is None:
            continue
        over = [g for g in range(40) if len(games.kept[g]) < at[g] + 1]
        assert len(samples) == sum(at[g] + 1 - free[g] for g in over)
        skipped |= set(free[over].tolist())
        firsts |= {tuple(e.moves[:3]) for e in ended}
    assert skipped == set(range(6))
    assert len(firsts) > 20  # without them all games would begin alike


def test_games_of_go_hold_superko():
    game = load("go5")
    games = Games(many(game), 24, 2, np.random.default_rng(0), warm=100)
    seen = 0
    for _ in range(60):
        _, ended = games.move(even)
        for one in ended:
            state = game.start()
            for move in one.moves:
                state = game.play(state, move)  # raises where a position is repeated
            assert game.result(state) == one.result
            seen += state.taken
    assert seen


def test_losses_by_hand():
    class Fixed(torch.nn.Module):
        def forward(self, planes):
            return torch.tensor([[0.0, 1.0], [2.0, 0.0]]), torch.tensor([0.5, -0.5])

    shares, values = torch.tensor([[1.0, 0.0], [0.5, 0.5]]), torch.tensor([1.0, 1.0])
    policy, value = losses(Fixed(), torch.zeros(2, 1, 1, 1), shares, values)
    e = np.e
    first = np.log(1 + e)
    second = -0.5 * (2 - np.log(e**2 + 1)) + 0.5 * np.log(e**2 + 1)
    assert float(policy) == pytest.approx((first + second) / 2, rel=1e-5)
    assert float(value) == pytest.approx((0.25 + 2.25) / 2)


def test_the_buffer_keeps_the_last(rng):
    game = load("tic-tac-toe")
    learner = Learner(game, untrained(TicTacToeNet), rng, capacity=10)
    for number in range(4):
        learner.add(
            Samples(torch.zeros(4, 3, 3, 3), torch.ones(4, 9) / 9, torch.full((4,), float(number)))
        )
    assert len(learner) == 10
    assert sorted(learner.values.tolist()) == [1, 1, 2, 2, 2, 2, 3, 3, 3, 3]


def test_half_precision_learns_the_same_up_to_rounding():
    """A mixed step moves the weights about as a full one does."""
    game = load("connect-four")
    generator = torch.Generator().manual_seed(0)
    planes = torch.randint(2, (256, 3, 6, 7), generator=generator).float()
    shares = torch.rand(256, 7, generator=generator).softmax(1)
    samples = Samples(planes, shares, torch.rand(256, generator=generator) * 2 - 1)
    found = []
    for mixed in (False, True):
        learner = Learner(
            game, untrained(ConnectFourNet), torch.Generator().manual_seed(1), mixed=mixed
        )
        learner.add(samples)
        found.append([learner.step() for _ in range(10)])
        assert all(p.dtype == torch.float32 for p in learner.net.parameters())
    assert np.allclose(found[0][:5], found[1][:5], rtol=0.02)
    assert np.allclose(found[0], found[1], rtol=0.25)  # roundings grow from step to step
    assert found[0] != found[1]


def test_a_match_has_both_sides():
    """Against itself, nobody is stronger; who looks ahead beats chance, whoever begins."""
    rules, rng = many(load("connect-four")), np.random.default_rng(0)
    score = match(rules, one_ply(rules, rng), at_random(rules, rng), 60, rng)
    assert score.games == 60
    assert sum(score.won[:1]) + score.drawn[0] + score.lost[0] == 30
    assert min(score.won) >= 24
    assert score.points >= score.share > 0.8
    same = match(rules, at_random(rules, rng), at_random(rules, rng), 200, rng)
    assert 0.35 < same.points < 0.65


def test_an_opening_is_the_same_for_both_halves():
    rules, rng = many(load("connect-four")), np.random.default_rng(0)
    seen = []

    def watcher(states, past):
        if states[0, PLY] <= 4:
            seen.extend((int(p), int(a), int(b)) for a, b, p in states[:, :3])
        return random_moves(rules.legal(states, past), rng)

    match(rules, watcher, watcher, 8, rng, opening=4)
    assert {ply for ply, *_ in seen} == {4}
    fours = sorted(seen)
    assert fours[0::2] == fours[1::2]


def test_one_ply_wins_and_stops():
    game = load("tic-tac-toe")
    rules, rng = many(game), np.random.default_rng(0)
    states = rules.start(2)
    for moves in ((0, 0), (3, 4), (1, 1)):
        states = rules.advance(states, np.array(moves))
    assert one_ply(rules, rng)(states, None).tolist() == [2, 2]  # both must stop 0, 1, 2
    states = rules.advance(states, np.array([4, 8]))
    assert one_ply(rules, rng)(states, None)[0] == 2  # wins


def test_plain_search_beats_one_ply():
    rules, rng = many(load("connect-four")), np.random.default_rng(0)
    score = match(rules, plain(rules, 150, rng), one_ply(rules, rng), 20, rng)
    assert score.points >= 0.8


def test_players_of_a_net_move_as_it_says():
    game = load("connect-four")
    rules = many(game)

    def evaluate(states, legal):
        return np.tile([0, 0, 1, 0, 0, 0, 0.0], (len(states), 1)), np.zeros(len(states))

    states, past = rules.start(3), np.zeros((3, 1, 2), np.int64)
    rng = np.random.default_rng(0)
    assert policy_player(rules, evaluate)(states, past).tolist() == [2, 2, 2]
    assert policy_player(rules, evaluate, rng)(states, past).tolist() == [2, 2, 2]
    assert searcher(rules, evaluate, 4)(states, past).tolist() == [2, 2, 2]


def test_the_same_seed_learns_the_same():
    nets = []
    for _ in range(2):
        net = untrained(SmallConnectFourNet)
        training = SelfPlay(load("connect-four-small"), net, 3, Plan(games=64, simulations=6))
        reports = [training.step() for _ in range(24)]
        assert any(r.updates for r in reports)
        nets.append(net)
    for one, other in zip(nets[0].parameters(), nets[1].parameters(), strict=True):
        assert one.equal(other)


@takes_long
def test_it_learns_tic_tac_toe():
    """From nothing to a player that loses hardly a game against one who looks one ply ahead."""
    game, net = load("tic-tac-toe"), untrained(TicTacToeNet)
    before = strength(game, net, OPPONENTS[1], 100, 1)
    training = SelfPlay(game, net, 1, Plan(games=64, simulations=24, capacity=8000, warm=6))
    for _ in range(150):
        report = training.step()
    after = strength(game, net, OPPONENTS[1], 100, 1)
    assert report.policy_loss < 1.8
    assert sum(after.lost) < 25 < sum(before.lost)
