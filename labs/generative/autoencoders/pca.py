"""Principal components, and how far another subspace is from theirs.

Pearson (1901), https://doi.org/10.1080/14786440109462720; a linear autoencoder finds the same
subspace: Baldi & Hornik (1989), https://doi.org/10.1016/0893-6080(89)90014-2.
"""

import math
from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True)
class Components:
    """The principal components of pictures, the strongest first."""

    mean: Tensor  # (D,)
    axes: Tensor  # (D, D), orthonormal columns
    variances: Tensor  # (D,), along the axes

    def error(self, k: int) -> float:
        """Return the least squared error, a picture, of any linear code of k numbers."""
        return self.variances[k:].sum().item()

    def kept(self, k: int) -> float:
        """Return the share of the variance that the first k components keep."""
        return (self.variances[:k].sum() / self.variances.sum()).item()

    def rebuild(self, x: Tensor, k: int) -> Tensor:
        """Return x: (D,) as the first k components have it."""
        axes = self.axes[:, :k]
        return self.mean + axes @ (axes.T @ (x - self.mean))


def components(x: Tensor) -> Components:
    """Return the principal components of x: (N, D), by the covariance in float64."""
    mean = x.mean(0)
    centred = (x - mean).double()
    variances, axes = torch.linalg.eigh(centred.T @ centred / len(x))
    return Components(mean, axes.flip(1).float(), variances.flip(0).clamp_min(0).float())


def angles(a: Tensor, b: Tensor) -> Tensor:
    """Return the principal angles between the column spaces of a and b, (D, k) each, in degrees,
    the smallest first.

    Björck & Golub (1973), https://doi.org/10.2307/2005662: small ones by their sines, which keep
    the digits that cosines lose.
    """
    p, q = (torch.linalg.qr(m.double()).Q for m in (a, b))
    cosines = torch.linalg.svdvals(p.T @ q).clamp(0, 1)
    sines = torch.linalg.svdvals(q - p @ (p.T @ q)).clamp(0, 1).flip(0)
    found = torch.where(sines < math.sqrt(0.5), sines.asin(), cosines.acos())
    return torch.rad2deg(found).float()


def turned(basis: Tensor, to: Components) -> Tensor:
    """Return an orthonormal basis (D, k) of the same subspace, turned to the axes along which the
    pictures vary most within it; signs as those of the components.
    """
    q, _ = torch.linalg.qr(basis)
    along = to.axes.T @ q  # (D, k)
    _, turn = torch.linalg.eigh(along.T @ (to.variances[:, None] * along))
    axes = q @ turn.flip(1)
    k = axes.shape[1]
    return axes * torch.where((axes * to.axes[:, :k]).sum(0) < 0, -1.0, 1.0)
