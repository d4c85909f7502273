"""The restricted Boltzmann machine: binary visible and hidden units, and no edges within a layer.

Smolensky (1986), Information processing in dynamical systems; Hinton (2002), Training products of
experts by minimizing contrastive divergence, https://doi.org/10.1162/089976602760128018
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class RBM(nn.Module):
    """p(v, h) is proportional to exp(-E), E(v, h) = -a v - b h - v W h, with v and h of 0 and 1."""

    def __init__(self, visible: int = 784, hidden: int = 400) -> None:
        super().__init__()
        self.W = nn.Parameter(torch.zeros(visible, hidden))
        self.a = nn.Parameter(torch.zeros(visible))
        self.b = nn.Parameter(torch.zeros(hidden))

    def energy(self, v: Tensor, h: Tensor) -> Tensor:
        """Return E(v, h), (N,), of v: (N, visible) and h: (N, hidden)."""
        return -(v @ self.a) - h @ self.b - ((v @ self.W) * h).sum(1)

    def free_energy(self, v: Tensor) -> Tensor:
        """Return F(v) = -log sum_h exp(-E(v, h)), (N,), of v: (N, visible)."""
        return -(v @ self.a) - F.softplus(v @ self.W + self.b).sum(1)

    def hidden(self, v: Tensor) -> Tensor:
        """Return the probability that each hidden unit is on, (N, hidden)."""
        return (v @ self.W + self.b).sigmoid()

    def visible(self, h: Tensor) -> Tensor:
        """Return the probability that each visible unit is on, (N, visible)."""
        return (h @ self.W.T + self.a).sigmoid()

    def gibbs(self, v: Tensor, steps: int, generator: torch.Generator) -> Tensor:
        """Return v: (N, visible) of 0 and 1 after `steps` steps of the chain: all h, then all v.

        With 0 steps it is v itself.  Raises ValueError if steps is below 0.
        """
        if steps < 0:
            raise ValueError(f"a chain takes 0 steps or more, not {steps}")
        for _ in range(steps):
            h = torch.bernoulli(self.hidden(v), generator=generator)
            v = torch.bernoulli(self.visible(h), generator=generator)
        return v
