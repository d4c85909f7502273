"""A brushed stretch of text: which units are on in it, and where else they all are.

Strobelt et al. (2016), LSTMVis, https://arxiv.org/abs/1606.07461.
"""

from dataclasses import dataclass

import torch
from torch import Tensor

ON = 0.3  # a unit is on from here, as in LSTMVis


@dataclass(frozen=True)
class Alike:
    """What a brushed stretch has in common with the rest of the text."""

    units: Tensor  # (K,) that are on throughout the stretch
    share: Tensor  # (length,) of them that are on: 1 marks where another such stretch begins
    twins: int  # how many other such stretches there are


def alike(h: Tensor, start: int, end: int) -> Alike:
    """Return which units are on throughout h[start:end], and where else they all are; h: (T, K).

    The share is the least within a stretch as long as the brushed one.  Stretches that overlap the
    brushed one or begin side by side count once or not at all.
    """
    on = h > ON
    units = on[start:end].all(0).nonzero()[:, 0]
    if not len(units):
        return Alike(units, torch.zeros(len(h)), 0)
    length = end - start
    padded = torch.cat([on[:, units].float().mean(1), torch.zeros(length - 1)])
    share = padded.unfold(0, length, 1).amin(1)
    full = share == 1
    full[max(0, start - length) : end] = False
    return Alike(units, share, int((full[1:] & ~full[:-1]).sum() + full[:1].sum()))
