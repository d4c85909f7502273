"""How far a code's normal distribution lies from the standard one: the second term of the ELBO.

Kingma & Welling (2014), Auto-encoding variational Bayes, appendix B, https://arxiv.org/abs/1312.6114
"""

from torch import Tensor


def kl_terms(mean: Tensor, log_variance: Tensor) -> Tensor:
    """Return KL(N(mean, variance) || N(0, 1)) in nats for each number of a code, elementwise.

    It is (mean² + variance - 1 - log variance) / 2: 0 where the code says nothing.
    """
    return (mean.square() + log_variance.expm1() - log_variance) / 2


def kl_to_standard_normal(mean: Tensor, log_variance: Tensor) -> Tensor:
    """Return KL(N(mean, diag variance) || N(0, I)) in nats, (N,).

    mean and log_variance: (N, k).
    """
    return kl_terms(mean, log_variance).sum(1)
