"""Backwards through a GRU that reads both ways, for several questions at once.

The states are known, so that gates and local derivatives of all steps are had at once; the loop
over time is left with one product a step, of both directions and all questions together.  Autograd
would go each way by itself, step by step through every gate.
Werbos (1990), Backpropagation through time; Cho et al. (2014), https://arxiv.org/abs/1406.1078.
"""

import torch
from torch import Tensor, nn


@torch.no_grad()
def input_gradients(gru: nn.GRU, x: Tensor, states: Tensor, back: Tensor) -> Tensor:
    """Return the gradients of D numbers at what a GRU of one layer and two directions has read.

    x: (T, I), what it has read.  states: (T, 2 H), what it made of that.  back: (D, T, 2 H), the
    gradients at the states.  Returns (D, T, I).
    """
    W_in, W, b_in, b = (
        torch.stack([getattr(gru, f"{name}_l0"), getattr(gru, f"{name}_l0_reverse")])
        for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
    )
    after = each_way(states)  # (2, T, H), as all that follows in the order of reading
    before = torch.cat([torch.zeros_like(after[:, :1]), after[:, :-1]], 1)
    x_r, x_z, x_n = torch.baddbmm(b_in[:, None], torch.stack([x, x.flip(0)]), W_in.mT).chunk(3, 2)
    h_r, h_z, h_n = torch.baddbmm(b[:, None], before, W.mT).chunk(3, 2)
    r, z = torch.sigmoid(x_r + h_r), torch.sigmoid(x_z + h_z)
    n = torch.tanh(x_n + r * h_n)
    to_n, to_z = (1 - z) * (1 - n * n), (before - n) * z * (1 - z)
    to_r = to_n * h_n * r * (1 - r)
    recurrent = torch.cat([to_r, to_z, to_n * r], 2)[:, :, None]  # (2, T, 1, 3 H): W_n h passes r

    direct = each_way(back.transpose(0, 1))  # (2, T, D, H)
    d = torch.empty_like(direct)  # by all roads from each state
    carried = torch.zeros_like(d[:, 0])
    for t in reversed(range(len(x))):
        d[:, t] = now = direct[:, t] + carried
        carried = torch.baddbmm(now * z[:, t, None], now.repeat(1, 1, 3) * recurrent[:, t], W)
    at_gates = d.repeat(1, 1, 1, 3) * torch.cat([to_r, to_z, to_n], 2)[:, :, None]
    forwards, backwards = (at_gates.flatten(1, 2) @ W_in).unflatten(1, d.shape[1:3])
    return (forwards + backwards.flip(0)).transpose(0, 1)


def each_way(both: Tensor) -> Tensor:
    """Return what two directions say, (T, ..., 2 H) in the order of time, in the order in which
    each of them reads: (2, T, ..., H).
    """
    forwards, backwards = both.chunk(2, -1)
    return torch.stack([forwards, backwards.flip(0)])
