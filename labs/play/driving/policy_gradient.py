"""Policy gradient with a baseline: make what went better than expected more probable.

REINFORCE, Williams 1992, https://doi.org/10.1007/BF00992696: the gradient of the expected return is
the mean of (return - baseline) times the gradient of log π(action | state).  The baseline is a
value net's; it takes no bias in, and noise out.
"""

import torch.nn.functional as F
from torch import Tensor

from labs.play.driving.ppo import ENTROPY_WEIGHT, VALUE_WEIGHT, Losses


def policy_gradient_loss(
    logits: Tensor,
    value: Tensor,
    action: Tensor,
    old_log_prob: Tensor,
    advantage: Tensor,
    returns: Tensor,
    *,
    value_weight: float = VALUE_WEIGHT,
    entropy_weight: float = ENTROPY_WEIGHT,
) -> Losses:
    """Return the loss whose gradient is minus that of the expected return, and its parts.

    Shapes as in `labs.play.driving.ppo.ppo_loss`; nothing is clipped.
    """
    log_prob = logits.log_softmax(1)
    chosen = log_prob.gather(1, action.long()[:, None])[:, 0]
    policy = -(chosen * advantage).mean()
    error = F.mse_loss(value, returns)
    entropy = -(log_prob.exp() * log_prob).sum(1).mean()
    loss = policy + value_weight * error - entropy_weight * entropy
    ratio = (chosen - old_log_prob).exp().detach()
    return Losses(loss, policy, error, entropy, ratio, ratio.new_zeros(()))
