"""One step's Jacobian against autograd's own."""

import pytest
import torch
from torch import nn

from labs.models import cells
from labs.models.jacobians import eigenvalues, jacobian

H, INPUTS, T, N = 5, 3, 4, 2
LAYERS = {"rnn": nn.RNN, "gru": nn.GRU, "lstm": nn.LSTM}


@pytest.mark.parametrize("kind", LAYERS)
def test_jacobian_is_autograds(kind, rng):
    layer = LAYERS[kind](INPUTS, H).double()
    with torch.no_grad():
        for p in layer.parameters():
            p.normal_(generator=rng)
    x = torch.randn(T, N, INPUTS, generator=rng).double()
    w = {name: p.detach() for name, p in layer.named_parameters()}
    state = [torch.randn(N, H, generator=rng).double() for _ in range(2 if kind == "lstm" else 1)]
    pre = x @ w["weight_ih_l0"].T + w["bias_ih_l0"]
    steps = getattr(cells, kind)(pre, w["weight_hh_l0"], w["bias_hh_l0"], *state)
    t, n = 2, 1

    def step(before):
        parts = tuple(part[None, None] for part in before.split(H))
        _, after = layer(x[t : t + 1, n : n + 1], parts if kind == "lstm" else parts[0])
        return torch.cat([s[0, 0] for s in after]) if kind == "lstm" else after[0, 0]

    both = (steps.h, steps.c) if kind == "lstm" else (steps.h,)
    before = torch.cat([s[t, n] for s in both])
    expected = torch.autograd.functional.jacobian(step, before)
    torch.testing.assert_close(jacobian(kind, steps, w["weight_hh_l0"], t, n), expected)


def test_eigenvalues_of_a_rotation():
    a = torch.tensor(0.4)
    turn = 0.9 * torch.stack([torch.stack([a.cos(), -a.sin()]), torch.stack([a.sin(), a.cos()])])
    points = eigenvalues(turn)
    assert points.shape == (2, 2)
    torch.testing.assert_close(points.norm(dim=0), torch.tensor([0.9, 0.9]))
    torch.testing.assert_close(points[1].abs(), 0.9 * a.sin().repeat(2))
