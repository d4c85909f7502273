"""The cells written out, forwards and backwards, against torch's own layers and autograd."""

import pytest
import torch
from torch import nn

from labs.models import cells

T, N, INPUTS, H = 7, 3, 5, 6
LAYERS = {"rnn": nn.RNN, "gru": nn.GRU, "lstm": nn.LSTM}


@pytest.fixture(params=LAYERS)
def case(request, rng):
    kind = request.param
    layer = LAYERS[kind](INPUTS, H).double()
    with torch.no_grad():
        for p in layer.parameters():
            p.normal_(generator=rng)
    x = torch.randn(T, N, INPUTS, generator=rng, dtype=torch.float64)
    state = [torch.randn(N, H, generator=rng, dtype=torch.float64) for _ in range(2)]
    return kind, layer, x, state[: 1 + (kind == "lstm")]


def forward(kind, layer, x, state):
    pre = x @ layer.weight_ih_l0.T + layer.bias_ih_l0
    return getattr(cells, kind)(pre, layer.weight_hh_l0, layer.bias_hh_l0, *state)


def test_forward_is_torchs(case):
    kind, layer, x, state = case
    first = tuple(s[None] for s in state)
    expected, _ = layer(x, first if kind == "lstm" else first[0])
    steps = forward(*case)
    torch.testing.assert_close(steps.h[1:], expected)
    torch.testing.assert_close(steps.h[0], state[0])
    assert steps.gates.shape == (T, N, cells.GATES[kind] * H)


def test_backward_is_autograds(case, rng):
    kind, layer, x, state = case
    v = torch.randn(T, N, H, generator=rng, dtype=torch.float64)
    pre = (x @ layer.weight_ih_l0.T + layer.bias_ih_l0).detach().requires_grad_()
    first = [s.clone().requires_grad_() for s in state]
    W, b = layer.weight_hh_l0, layer.bias_hh_l0
    hs = []  # autograd's own graph, one step a call, so that every h on the way has a gradient
    h, c = first[0], first[-1]
    for t in range(T):
        h, c = by_torch(kind, pre[t], W, b, h, c)
        h.retain_grad()
        hs.append(h)
    (torch.stack(hs) * v).sum().backward()
    with torch.no_grad():
        steps = forward(*case)
        back = getattr(cells, f"{kind}_back")(steps, W, v)
    torch.testing.assert_close(back.pre, pre.grad)
    torch.testing.assert_close(back.W, W.grad)
    torch.testing.assert_close(back.b, b.grad)
    torch.testing.assert_close(back.h[1:], torch.stack([h.grad for h in hs]))
    torch.testing.assert_close(back.h[0], first[0].grad)
    if kind == "lstm":
        torch.testing.assert_close(back.c[0], first[1].grad)


def by_torch(kind, pre, W, b, h, c):
    """One step by torch's own cells, with the input's part as a bias for each sample."""
    if kind == "rnn":
        return torch.tanh(pre + h @ W.T + b), c
    eye = torch.eye(pre.shape[1], dtype=pre.dtype)
    cell = torch.gru_cell if kind == "gru" else torch.lstm_cell
    if kind == "gru":
        return cell(pre, h, eye, W, torch.zeros_like(b), b), c
    return cell(pre, (h, c), eye, W, torch.zeros_like(b), b)
