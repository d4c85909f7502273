"""One step of a recurrent layer as a matrix: how a nudge of the state before moves the state after.

The gradient that goes back over k steps is a product of k of these, so their eigenvalues say
whether it vanishes or explodes.  Pascanu, Mikolov & Bengio (2013), https://arxiv.org/abs/1211.5063.
Gates and weights lie as in `cells`; the LSTM's state is [h, c], the others' is h.
"""

import torch
from torch import Tensor

from labs.models.cells import Steps


def jacobian(kind: str, steps: Steps, W: Tensor, t: int, sample: int = 0) -> Tensor:
    """Return d state_(t + 1) / d state_t, (S, S), at step `t` of one sample; S is H or 2 H."""
    return {"rnn": of_rnn, "gru": of_gru, "lstm": of_lstm}[kind](steps, W, t, sample)


def of_rnn(steps: Steps, W: Tensor, t: int, n: int) -> Tensor:
    """diag(1 - h_t^2) W: the recurrent matrix, each row shrunk by its tanh's slope."""
    return (1 - steps.h[t + 1, n, :, None] ** 2) * W


def of_gru(steps: Steps, W: Tensor, t: int, n: int) -> Tensor:
    """diag(z_t), the old state kept, and what the three gates do to the new one."""
    r, z, new = steps.gates[t, n, :, None].chunk(3)
    h, recalled = steps.h[t, n, :, None], steps.recalled[t, n, :, None]
    W_r, W_z, W_n = W.chunk(3)
    d_new = (1 - new**2) * (r * W_n + recalled * r * (1 - r) * W_r)
    return torch.diag(z[:, 0]) + (h - new) * z * (1 - z) * W_z + (1 - z) * d_new


def of_lstm(steps: Steps, W: Tensor, t: int, n: int) -> Tensor:
    """[[dh/dh, dh/dc], [dc/dh, dc/dc]]; the last is diag(f_t): on its road stands no matrix."""
    i, f, g, o = steps.gates[t, n, :, None].chunk(4)
    W_i, W_f, W_g, W_o = W.chunk(4)
    c, shown = steps.c[t, n, :, None], torch.tanh(steps.c[t + 1, n, :, None])
    dc_dh = g * i * (1 - i) * W_i + c * f * (1 - f) * W_f + i * (1 - g**2) * W_g
    dc_dc = torch.diag(f[:, 0])
    slope = o * (1 - shown**2)
    dh_dh = shown * o * (1 - o) * W_o + slope * dc_dh
    return torch.cat([torch.cat([dh_dh, slope * dc_dc], 1), torch.cat([dc_dh, dc_dc], 1)])


def eigenvalues(matrix: Tensor) -> Tensor:
    """Return the eigenvalues of a square matrix as points of the plane, (2, S): Re and Im."""
    return torch.view_as_real(torch.linalg.eigvals(matrix)).T.contiguous()
