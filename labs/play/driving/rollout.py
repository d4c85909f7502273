"""Rollouts: some decisions of all cars by one policy, which are learned from and thrown away."""

from typing import NamedTuple

import torch
from torch import Tensor

SPAN = 32  # decisions of each car in a rollout


class Rollout(NamedTuple):
    """T decisions of N cars by one policy as T N rows, with what is learned from them."""

    state: Tensor  # (T N, inputs)
    action: Tensor  # (T N,)
    log_prob: Tensor  # (T N,) of the action, by the policy that chose it
    advantage: Tensor  # (T N,)
    returns: Tensor  # (T N,) what the value net should say

    def pick(self, at: Tensor) -> "Rollout":
        """Return some of its rows."""
        return Rollout(*(x[at] for x in self))


def gae(reward: Tensor, value: Tensor, ended: Tensor, gamma: float, lam: float) -> Tensor:
    """Return generalised advantage estimates (T, N).

    Schulman et al. 2016, https://arxiv.org/abs/1506.02438.  reward: (T, N).  value: (T + 1, N), the
    last row that of the states after the last decisions.  ended: (T, N), 1 or True where the state
    after a decision is of no consequence.  lam: 0 trusts the value net for all that comes after a
    decision, 1 for nothing before the rollout's end.
    """
    goes_on = 1 - ended.to(reward.dtype)
    delta = reward + gamma * value[1:] * goes_on - value[:-1]
    estimate, found = torch.zeros_like(reward[0]), []
    for t in reversed(range(len(reward))):
        estimate = delta[t] + gamma * lam * goes_on[t] * estimate
        found.append(estimate)
    return torch.stack(found[::-1])
