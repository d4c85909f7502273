"""The losses of DQN, PPO and policy gradient, each computed a second time number by number.

The second computation follows Stable-Baselines3's formulas (`dqn.py`, `ppo.py`, `buffers.py`).
"""

import math

import pytest
import torch
from torch import nn

from labs.play.driving.dqn import Batch, dqn_loss, dqn_target
from labs.play.driving.policy_gradient import policy_gradient_loss
from labs.play.driving.ppo import ppo_loss
from labs.play.driving.rollout import gae

N, INPUTS, ACTIONS = 37, 5, 4
pytestmark = pytest.mark.usefixtures("seeded")


@pytest.fixture
def seeded():
    with torch.random.fork_rng():
        torch.manual_seed(3)
        yield


def batch() -> Batch:
    return Batch(torch.randn(N, INPUTS), torch.randint(0, ACTIONS, (N,)), 3 * torch.randn(N),
                 torch.randn(N, INPUTS), torch.rand(N) < 0.3)  # fmt: skip


def test_dqn_loss_number_by_number():
    q, target, rows = nn.Linear(INPUTS, ACTIONS), nn.Linear(INPUTS, ACTIONS), batch()
    total = 0.0
    for state, action, reward, after, ended in zip(*rows, strict=True):
        best = 0.0 if ended else max(target(after).tolist())
        error = abs(q(state)[action].item() - (reward.item() + 0.9 * best))
        total += error**2 / 2 if error < 1 else error - 0.5
    loss = dqn_loss(q, target, rows, 0.9)
    assert loss.item() == pytest.approx(total / N, rel=1e-5)
    loss.backward()
    assert q.weight.grad is not None
    assert target.weight.grad is None
    assert dqn_loss(q, target, tuple(rows), 0.9).item() == loss.item()
    assert torch.equal(dqn_target(target, rows, 0.0), rows.reward)


def actor_rows():
    logits, value = torch.randn(N, ACTIONS, requires_grad=True), torch.randn(N, requires_grad=True)
    action, advantage, returns = torch.randint(0, ACTIONS, (N,)), torch.randn(N), torch.randn(N)
    old = logits.detach().log_softmax(1).gather(1, action[:, None])[:, 0] + 0.4 * torch.randn(N)
    return logits, value, action, old, advantage, returns


def test_ppo_loss_number_by_number():
    rows = actor_rows()
    policy = error = entropy = outside = 0.0
    for logits, value, action, old, advantage, goal in zip(*rows, strict=True):
        powers = [math.exp(x) for x in logits.tolist()]
        p = [x / sum(powers) for x in powers]
        ratio = p[action] / math.exp(old)
        held = min(max(ratio, 0.8), 1.2)
        policy -= min(ratio * advantage.item(), held * advantage.item()) / N
        error += (value.item() - goal.item()) ** 2 / N
        entropy -= sum(x * math.log(x) for x in p) / N
        outside += (ratio != held) / N
    found = ppo_loss(*rows)
    assert found.policy.item() == pytest.approx(policy, rel=1e-4)
    assert found.value.item() == pytest.approx(error, rel=1e-4)
    assert found.entropy.item() == pytest.approx(entropy, rel=1e-4)
    assert found.clipped.item() == pytest.approx(outside, rel=1e-4)
    assert 0 < outside < 1
    assert found.loss.item() == pytest.approx(policy + 0.5 * error - 0.01 * entropy, rel=1e-4)


def test_ppo_gives_no_gradient_where_a_better_action_is_already_clipped():
    logits, value, action, old, advantage, returns = actor_rows()
    ratio = (logits.detach().log_softmax(1).gather(1, action[:, None])[:, 0] - old).exp()
    ppo_loss(logits, value, action, old, advantage, returns, entropy_weight=0).loss.backward()
    free = ((ratio > 1.2) & (advantage > 0)) | ((ratio < 0.8) & (advantage < 0))
    assert free.any()
    assert not free.all()
    assert (logits.grad[free] == 0).all()
    assert (logits.grad[~free] != 0).any(1).all()


def test_policy_gradient_is_ppo_at_the_old_policy():
    logits, value, action, _, advantage, returns = actor_rows()
    old = logits.detach().log_softmax(1).gather(1, action[:, None])[:, 0]
    policy_gradient_loss(logits, value, action, old, advantage, returns).loss.backward()
    one, logits.grad = logits.grad, None
    ppo_loss(logits, value, action, old, advantage, returns).loss.backward()
    assert torch.allclose(one, logits.grad, atol=1e-6)


def test_advantages_by_their_sum():
    T, gamma, lam = 7, 0.9, 0.8
    reward, value, ended = torch.randn(T, 3), torch.randn(T + 1, 3), torch.rand(T, 3) < 0.25
    found = gae(reward, value, ended, gamma, lam)
    for n in range(3):
        for t in range(T):
            total, factor = 0.0, 1.0
            for k in range(t, T):
                after = 0 if ended[k, n] else value[k + 1, n].item()
                total += factor * (reward[k, n].item() + gamma * after - value[k, n].item())
                factor *= gamma * lam * (not ended[k, n])
            assert found[t, n].item() == pytest.approx(total, abs=1e-5)
