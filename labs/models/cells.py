"""Recurrent layers written out: forwards over time, and backwards through time by hand.

`pre` is what the input adds, for all steps at once: x_t W_ih^T + b_ih, (T, N, gates * H).  Gates
lie in torch's order and weights have its shapes: nn.RNN, nn.GRU and nn.LSTM are the oracles.
Elman (1990), Finding structure in time; Hochreiter & Schmidhuber (1997), Long short-term memory;
Cho et al. (2014), https://arxiv.org/abs/1406.1078; Werbos (1990), Backpropagation through time.
"""

from dataclasses import dataclass

import torch
from torch import Tensor

GATES = {"rnn": 1, "gru": 3, "lstm": 4}


@dataclass(frozen=True)
class Steps:
    """A layer over time; index 0 of h and c is where it began."""

    h: Tensor  # (T + 1, N, H)
    gates: Tensor  # (T, N, gates * H) after their squashing; the plain RNN has none but h itself
    c: Tensor | None = None  # (T + 1, N, H), the LSTM's memory
    recalled: Tensor | None = None  # (T, N, H), the GRU's W_n h_(t-1) + b_n


@dataclass(frozen=True)
class Back:
    """Gradients of a loss: of everything that came in, and of every h on the way."""

    pre: Tensor  # (T, N, gates * H)
    W: Tensor  # (gates * H, H)
    b: Tensor  # (gates * H,)
    h: Tensor  # (T + 1, N, H): by all roads from h_t to the loss
    c: Tensor | None = None  # (T + 1, N, H)


def rnn(pre: Tensor, W: Tensor, b: Tensor, h: Tensor) -> Steps:
    """h_t = tanh(pre_t + W h_(t-1) + b), from h: (N, H)."""
    hs = pre.new_empty(len(pre) + 1, *h.shape)
    hs[0] = h
    for t in range(len(pre)):
        hs[t + 1] = torch.tanh(pre[t] + hs[t] @ W.T + b)
    return Steps(hs, hs[1:])


def gru(pre: Tensor, W: Tensor, b: Tensor, h: Tensor) -> Steps:
    """n_t = tanh(pre_n + r_t (W_n h_(t-1) + b_n)) is new; h_t = (1 - z_t) n_t + z_t h_(t-1)."""
    T, (N, H) = len(pre), h.shape
    hs, gates = pre.new_empty(T + 1, N, H), pre.new_empty(T, N, 3 * H)
    recalled = pre.new_empty(T, N, H)
    hs[0] = h
    for t in range(T):
        x_r, x_z, x_n = pre[t].split(H, 1)
        h_r, h_z, h_n = torch.addmm(b, hs[t], W.T).split(H, 1)
        r, z = torch.sigmoid(x_r + h_r), torch.sigmoid(x_z + h_z)
        n = torch.tanh(x_n + r * h_n)
        hs[t + 1] = (1 - z) * n + z * hs[t]
        gates[t], recalled[t] = torch.cat([r, z, n], 1), h_n
    return Steps(hs, gates, recalled=recalled)


def lstm(pre: Tensor, W: Tensor, b: Tensor, h: Tensor, c: Tensor) -> Steps:
    """c_t = f_t c_(t-1) + i_t g_t is the memory, and h_t = o_t tanh(c_t) what is shown of it."""
    T, (N, H) = len(pre), h.shape
    hs, cs, gates = pre.new_empty(T + 1, N, H), pre.new_empty(T + 1, N, H), torch.empty_like(pre)
    hs[0], cs[0] = h, c
    for t in range(T):
        i, f, g, o = (pre[t] + hs[t] @ W.T + b).split(H, 1)
        i, f, g, o = i.sigmoid(), f.sigmoid(), g.tanh(), o.sigmoid()
        cs[t + 1] = f * cs[t] + i * g
        hs[t + 1] = o * torch.tanh(cs[t + 1])
        gates[t] = torch.cat([i, f, g, o], 1)
    return Steps(hs, gates, cs)


def rnn_back(steps: Steps, W: Tensor, dh: Tensor) -> Back:
    """Return the gradients, given those that the loss sends straight to h_1 ... h_T: (T, N, H)."""
    hs = steps.h
    dhs, dz = torch.zeros_like(hs), torch.empty_like(dh)
    for t in reversed(range(len(dh))):
        dhs[t + 1] += dh[t]
        dz[t] = dhs[t + 1] * (1 - hs[t + 1] ** 2)
        dhs[t] = dz[t] @ W
    return Back(dz, _sum(dz, hs), dz.sum((0, 1)), dhs)


def gru_back(steps: Steps, W: Tensor, dh: Tensor) -> Back:
    """Return the gradients, given those that the loss sends straight to h_1 ... h_T: (T, N, H)."""
    hs, dhs = steps.h, torch.zeros_like(steps.h)
    dpre, from_h = torch.empty_like(steps.gates), torch.empty_like(steps.gates)
    for t in reversed(range(len(dh))):
        r, z, n = steps.gates[t].chunk(3, 1)
        dhs[t + 1] += dh[t]
        d = dhs[t + 1]
        dn = d * (1 - z) * (1 - n * n)
        dz = d * (hs[t] - n) * z * (1 - z)
        dr = dn * steps.recalled[t] * r * (1 - r)
        dpre[t] = torch.cat([dr, dz, dn], 1)
        from_h[t] = torch.cat([dr, dz, dn * r], 1)  # W_n h passes through r
        dhs[t] = d * z + from_h[t] @ W
    return Back(dpre, _sum(from_h, hs), from_h.sum((0, 1)), dhs)


def lstm_back(steps: Steps, W: Tensor, dh: Tensor) -> Back:
    """Return the gradients, given those that the loss sends straight to h_1 ... h_T: (T, N, H)."""
    hs, cs = steps.h, steps.c
    dhs, dcs, dz = torch.zeros_like(hs), torch.zeros_like(cs), torch.empty_like(steps.gates)
    for t in reversed(range(len(dh))):
        i, f, g, o = steps.gates[t].chunk(4, 1)
        shown = torch.tanh(cs[t + 1])
        dhs[t + 1] += dh[t]
        dcs[t + 1] += dhs[t + 1] * o * (1 - shown * shown)
        dc = dcs[t + 1]
        di, df = dc * g * i * (1 - i), dc * cs[t] * f * (1 - f)
        dg, do = dc * i * (1 - g * g), dhs[t + 1] * shown * o * (1 - o)
        dz[t] = torch.cat([di, df, dg, do], 1)
        dhs[t] = dz[t] @ W
        dcs[t] = dc * f  # the memory's own way back: no matrix stands on it
    return Back(dz, _sum(dz, hs), dz.sum((0, 1)), dhs, dcs)


def _sum(dz: Tensor, hs: Tensor) -> Tensor:
    """The gradient of W: dz_t h_(t-1)^T over all steps and samples, in one product."""
    return dz.flatten(0, 1).T @ hs[:-1].flatten(0, 1)
