"""AlphaGo's stages: the experts' games, the gradient by hand, that each improves on the last."""

import numpy as np
import pytest
import torch

from labs.models.board import TicTacToeNet
from labs.play.board.games import load
from labs.play.board.games.many import PLY, many
from labs.play.board.stages.gradient import (
    PolicyGradient,
    Record,
    advantage,
    play,
    policy_loss,
)
from labs.play.board.stages.outcomes import judged
from labs.play.board.stages.supervised import expert_games


def even(states, legal):
    return legal / legal.sum(1, keepdims=True), np.zeros(len(states), np.float32)


def test_the_experts_win_where_they_can():
    """What the experts try most wins, in most positions where a move does."""
    game = load("connect-four-small")
    found = expert_games(many(game), 24, 30, 22, np.random.default_rng(0))
    wins = right = 0
    for samples in found:
        assert samples.values.abs().max() <= 1
        assert torch.allclose(samples.shares.sum(1), torch.ones(len(samples)))
        for planes, shares in zip(samples.planes, samples.shares, strict=True):
            best = winning_moves(planes)
            wins += bool(best)
            right += int(shares.argmax()) in best
    assert wins > 10
    assert right / wins > 0.8


def winning_moves(planes) -> list[int]:
    """By brute force on the planes: which columns give four in a row to who moves."""
    own, taken = planes[0].bool(), (planes[0] + planes[1]).bool()
    found = []
    for column in range(taken.shape[1]):
        free = (~taken[:, column]).nonzero()
        if not len(free):
            continue
        after = own.clone()
        after[int(free.max()), column] = True
        rows, columns = after.shape
        for r in range(rows):
            for c in range(columns):
                for y, x in ((0, 1), (1, 0), (1, 1), (1, -1)):
                    line = [(r + k * y, c + k * x) for k in range(4)]
                    if all(0 <= a < rows and 0 <= b < columns and after[a, b] for a, b in line):
                        found.append(column)
    return found


def test_the_gradient_is_reinforce(rng):
    """d loss / d logits = -advantage (one-hot - p) / N on the legal moves, 0 elsewhere."""
    logits = torch.randn(5, 4, generator=rng, dtype=torch.float64, requires_grad=True)
    legal = torch.tensor([[True] * 4, [True, True, False, True]] + [[True] * 4] * 3)
    moves = torch.tensor([0, 3, 1, 2, 2])
    advantages = torch.tensor([1.0, -0.5, 0.25, 2.0, -1.0], dtype=torch.float64)
    policy_loss(logits, legal, moves, advantages).backward()
    p = logits.detach().masked_fill(~legal, -torch.inf).softmax(1)
    expected = -advantages[:, None] * (torch.eye(4, dtype=torch.float64)[moves] - p) / 5
    assert torch.allclose(logits.grad, expected)
    assert logits.grad[1, 2] == 0


def test_the_baseline_is_each_sides_mean():
    results = np.array([1, 1, -1, -1, -1, 1], np.float32)
    first = np.array([True, True, True, False, False, False])
    record = Record(np.zeros((6, 5)), np.ones((6, 2)), np.zeros(6), results, first)
    found = advantage(record)
    assert found == pytest.approx([2 / 3, 2 / 3, -4 / 3, -2 / 3, -2 / 3, 4 / 3])


def test_a_record_holds_one_sides_moves():
    game = load("tic-tac-toe")
    rules = many(game)
    record = play(rules, even, even, 60, np.random.default_rng(0))
    assert (record.first == (record.states[:, PLY] % 2 == 0)).all()
    assert record.legal[np.arange(len(record.moves)), record.moves].all()
    assert set(record.results.tolist()) <= {1, 0, -1}
    starts = (record.states[:, PLY] == 0).sum()
    assert starts == 30  # it moved first in half of the games


def test_the_gradient_makes_a_stronger_player():
    torch.manual_seed(0)
    net = TicTacToeNet()
    learning = PolicyGradient(many(load("tic-tac-toe")), net, 1, games=128, rate=4e-3)
    norms = [b.clone() for b in net.buffers()]
    results = [learning.step() for _ in range(30)]
    assert np.mean(results[-5:]) > 0.2 > abs(np.mean(results[:3]))
    assert all(a.equal(b) for a, b in zip(norms, net.buffers(), strict=True))
    learning.keep_rival()
    assert len(learning.pool) == 2
    assert not any(p.requires_grad for p in learning.pool[1].parameters())


def test_positions_are_judged_by_their_games(rng):
    game = load("tic-tac-toe")
    torch.manual_seed(0)
    net = TicTacToeNet().eval()
    samples = judged(many(game), even, even, 50, np.random.default_rng(0), each=2)
    assert len(samples) == 100
    assert net(samples.planes)[1].shape == samples.values.shape
    assert set(samples.values.tolist()) <= {1, 0, -1}
    moves_left = 9 - samples.planes[:, :2].sum((1, 2, 3))
    assert torch.allclose(samples.shares.max(1).values, 1 / moves_left)
