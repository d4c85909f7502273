"""Regularisation of the weights: L1, L2 and max-norm.  Biases and scales are exempt, as in the
lecture's regularised mean gradient  D = (1/m) Delta + lambda Theta  for j > 0.

Max-norm: Srivastava et al. 2014, https://jmlr.org/papers/v15/srivastava14a.html.
"""

from torch import Tensor

from labs.models.dense.net import Dense


def penalty(net: Dense, l1: float = 0.0, l2: float = 0.0) -> Tensor:
    """Return l1 |w| + l2 / 2 |w|^2, to be added to the loss."""
    w = net.theta * net.decayed
    return l1 * w.abs().sum(-1) + 0.5 * l2 * (w * w).sum(-1)


def add_gradient(net: Dense, l1: float = 0.0, l2: float = 0.0) -> None:
    """Add the penalty's gradient to the net's."""
    if l1:
        net.gradient.addcmul_(net.theta.sign(), net.decayed, value=l1)
    if l2:
        net.gradient.addcmul_(net.theta, net.decayed, value=l2)


def limit_norm(net: Dense, limit: float) -> None:
    """Shrink each unit's incoming weights to a norm of at most `limit`."""
    for w in net.weights:
        incoming = w.narrow(-1, 1, w.shape[-1] - 1)
        norm = incoming.norm(dim=-1, keepdim=True)
        incoming.mul_((limit / norm.clamp_min(1e-12)).clamp_max(1))
