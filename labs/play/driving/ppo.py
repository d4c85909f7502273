"""Proximal policy optimization (PPO): several steps on one rollout, none of them too far.

Schulman et al. 2017, https://arxiv.org/abs/1707.06347.
"""

from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor

CLIP, VALUE_WEIGHT, ENTROPY_WEIGHT = 0.2, 0.5, 0.01


class Losses(NamedTuple):
    """The loss and its parts, scalars; and each row's ratio of probabilities."""

    loss: Tensor  # policy + value_weight * value - entropy_weight * entropy
    policy: Tensor
    value: Tensor
    entropy: Tensor  # mean of the policy's, nats
    ratio: Tensor  # (N,)
    clipped: Tensor  # share of rows whose ratio lies outside 1 ± clip


def ppo_loss(
    logits: Tensor,
    value: Tensor,
    action: Tensor,
    old_log_prob: Tensor,
    advantage: Tensor,
    returns: Tensor,
    *,
    clip: float = CLIP,
    value_weight: float = VALUE_WEIGHT,
    entropy_weight: float = ENTROPY_WEIGHT,
) -> Losses:
    """Return PPO's loss with the clipped objective, to be minimised, and its parts.

    logits: (N, actions) of the policy now.  value: (N,) of the value net now.  action: (N,) whole
    numbers.  old_log_prob: (N,) of those actions by the policy that chose them.  advantage: (N,) as
    it is: whoever wants mean 0 and deviation 1 does that before.  returns: (N,), targets of the
    value net.  Means are over all rows; the value's loss is the mean squared error.
    """
    log_prob = logits.log_softmax(1)
    ratio = (log_prob.gather(1, action.long()[:, None])[:, 0] - old_log_prob).exp()
    held = ratio.clamp(1 - clip, 1 + clip)
    policy = -torch.minimum(ratio * advantage, held * advantage).mean()
    error = F.mse_loss(value, returns)
    entropy = -(log_prob.exp() * log_prob).sum(1).mean()
    loss = policy + value_weight * error - entropy_weight * entropy
    outside = ((ratio - 1).abs() > clip).float().mean()
    return Losses(loss, policy, error, entropy, ratio, outside)
