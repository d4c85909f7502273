"""The passes against autograd, and what else a dense net promises."""

import pytest
import torch
import torch.nn.functional as F
from hypothesis import given
from hypothesis import strategies as st

from labs.models.dense import ACTIVATIONS, LOSSES, Dense, Layer, initialise, transplant
from tests.models.dense.oracle import FUNCTIONS, apart, gradients, targets

TIGHT = {torch.float32: 1e-5, torch.float64: 1e-10}


def a_net(sizes, acts, *, dtype=torch.float64, seed=1, norm=(), **more) -> Dense:
    rng = torch.Generator().manual_seed(seed)
    layers = [
        Layer(s, f, batch_norm=i in norm)
        for i, (s, f) in enumerate(zip(sizes[1:], acts, strict=True))
    ]
    net = initialise(Dense(sizes[0], layers, dtype=dtype, **more), "Xavier", rng)
    net.theta += 0.1 * torch.randn(net.theta.shape, generator=rng, dtype=dtype)  # biases too
    return net


@given(
    st.lists(st.integers(1, 9), min_size=2, max_size=6),
    st.integers(1, 17),
    st.sampled_from(sorted(LOSSES)),
    st.sampled_from([torch.float32, torch.float64]),
    st.integers(0, 9999),
    st.data(),
)
def test_gradients_are_autograds(sizes, n, loss, dtype, seed, data):
    rng = torch.Generator().manual_seed(seed)
    acts = [data.draw(st.sampled_from(sorted(ACTIVATIONS))) for _ in sizes[1:]]
    if loss == "log":
        acts[-1] = "sigmoid"
    net = a_net(sizes, acts, dtype=dtype, seed=seed)
    x = torch.randn(sizes[0], n, generator=rng, dtype=dtype)
    y = targets(loss, sizes[-1], n, dtype, rng)
    p = net.forward(x)
    value = LOSSES[loss].value(p.output, y)
    net.backward(p, LOSSES[loss].slope(p.output, y), inputs=True)
    want, g_theta, g_x = gradients(net, x, y, loss)
    torch.testing.assert_close(value, want)
    if g_theta.norm() > 1e-6:
        assert apart(net.gradient, g_theta) < TIGHT[dtype]
    if g_x.norm() > 1e-6:
        assert apart(p.g_x, g_x) < TIGHT[dtype]


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_a_saturated_probability_has_a_finite_loss_and_slope(dtype):
    a = torch.tensor([[0.0, 1.0, 0.0, 1.0, 0.3]], dtype=dtype)
    y = torch.tensor([[0.0, 1.0, 1.0, 0.0, 1.0]], dtype=dtype)
    log = LOSSES["log"]
    torch.testing.assert_close(log.each(a, y), F.binary_cross_entropy(a, y, reduction="none")[0])
    slope = a.new_tensor([[1.0, -1.0, 0.0, 0.0, -1 / 0.3]])
    torch.testing.assert_close(5 * log.slope(a, y), slope)


@pytest.mark.parametrize("loss", ["squared", "softmax cross-entropy"])
@pytest.mark.parametrize("norm", [(0,), (0, 1), (1, 2)])
def test_batch_norm_is_autograds(loss, norm, rng):
    net = a_net([3, 5, 4, 2], ["tanh", "relu", "identity"], norm=norm)
    x = torch.randn(3, 12, generator=rng, dtype=torch.float64)
    y = targets(loss, 2, 12, torch.float64, rng)
    p = net.forward(x, training=True)
    net.backward(p, LOSSES[loss].slope(p.output, y), inputs=True)
    _, g_theta, g_x = gradients(net, x, y, loss)
    assert apart(net.gradient, g_theta) < 1e-9
    assert apart(p.g_x, g_x) < 1e-9


def test_batch_norm_after_training_is_torchs(rng):
    net = a_net([3, 4], ["identity"], norm=(0,))
    peer = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.BatchNorm1d(4)).double()
    with torch.no_grad():
        peer[0].weight.copy_(net.weights[0][:, 1:])
        peer[0].bias.copy_(net.weights[0][:, 0])
        peer[1].weight.copy_(net.scales[0][0])
        peer[1].bias.copy_(net.scales[0][1])
        for _ in range(5):
            x = torch.randn(3, 7, generator=rng, dtype=torch.float64)
            mine = net.forward(x, training=True).output.clone()
            torch.testing.assert_close(mine, peer(x.mT).mT)
        peer.eval()
        torch.testing.assert_close(net.forward(x).output, peer(x.mT).mT)


@pytest.mark.parametrize("name", sorted(ACTIVATIONS))
def test_functions_and_slopes_are_torchs(name):
    z = torch.linspace(-30, 30, 601, dtype=torch.float64) + 1e-3
    x = z.clone().requires_grad_()
    (slope,) = torch.autograd.grad(FUNCTIONS[name](x).sum(), x)
    f = ACTIVATIONS[name]
    torch.testing.assert_close(f(z), FUNCTIONS[name](z), rtol=1e-9, atol=1e-12)
    torch.testing.assert_close(f.derivative(z), slope, rtol=1e-9, atol=1e-12)
    g = torch.linspace(-2, 3, 601, dtype=torch.float64)
    torch.testing.assert_close(f.back(g, z, f(z), torch.empty_like(z)), g * slope)


def test_shapes_of_the_lecture():
    """3 inputs, 3 hidden, 1 output, bias folded in: s_(j+1) x (s_j + 1)."""
    net = Dense(3, [Layer(3), Layer(1)])
    assert [tuple(w.shape) for w in net.weights] == [(3, 4), (1, 4)]
    assert net.theta.numel() == 16


def test_parameters_and_gradients_are_views_of_one_tensor(rng):
    net = a_net([2, 3, 1], ["tanh", "tanh"])
    net.theta.fill_(2.0)
    assert all((w == 2).all() for w in net.weights)
    p = net.forward(torch.randn(2, 4, generator=rng, dtype=torch.float64))
    net.backward(p, torch.ones(1, 4, dtype=torch.float64))
    assert net.gradient.equal(torch.cat([g.flatten() for g in net.gradients]))


def test_copies_are_each_their_own_net(rng):
    many = a_net([2, 4, 3], ["tanh", "identity"], copies=5, seed=3)
    x = torch.randn(2, 6, generator=rng, dtype=torch.float64)
    y = targets("softmax cross-entropy", 3, 6, torch.float64, rng)
    loss = LOSSES["softmax cross-entropy"]
    p = many.forward(x)
    values = loss.value(p.output, y)
    many.backward(p, loss.slope(p.output, y))
    for k in range(5):
        one = a_net([2, 4, 3], ["tanh", "identity"])
        one.theta.copy_(many.theta[k])
        q = one.forward(x)
        torch.testing.assert_close(values[k], loss.value(q.output, y))
        one.backward(q, loss.slope(q.output, y))
        torch.testing.assert_close(many.gradient[k], one.gradient)


def test_dropout_leaves_out_its_share_and_keeps_the_mean(rng):
    net = Dense(1, [Layer(2000, "identity", dropout=0.3)], dtype=torch.float64)
    net.weights[0][:, 0] = 1.0
    a = net.forward(torch.zeros(1, 50, dtype=torch.float64), training=True, generator=rng).output
    assert (a == 0).double().mean().item() == pytest.approx(0.3, abs=0.01)
    assert a.mean().item() == pytest.approx(1, abs=0.02)
    assert net.forward(torch.zeros(1, 50, dtype=torch.float64)).output.unique().tolist() == [1.0]


def test_dropout_backward_is_autograds_with_the_same_mask(rng):
    net = a_net([2, 6, 1], ["tanh", "identity"])
    dropping = Dense(2, [Layer(6, "tanh", dropout=0.5), Layer(1, "identity")], dtype=torch.float64)
    dropping.theta.copy_(net.theta)
    x = torch.randn(2, 9, generator=rng, dtype=torch.float64)
    p = dropping.forward(x, training=True, generator=rng)
    dropping.backward(p, torch.ones(1, 9, dtype=torch.float64))
    theta = net.theta.clone().requires_grad_()
    w1, w2 = theta[:18].view(6, 3), theta[18:].view(1, 7)
    h = torch.tanh(w1[:, 1:] @ x + w1[:, :1]) * p.mask[0]
    (want,) = torch.autograd.grad((w2[:, 1:] @ h + w2[:, :1]).sum(), theta)
    torch.testing.assert_close(dropping.gradient, want)


def test_a_transplant_keeps_what_fits():
    old, new = a_net([2, 4, 1], ["tanh", "tanh"]), a_net([2, 6, 1], ["tanh", "tanh"], seed=2)
    fresh = new.weights[0][4:].clone()
    transplant(old, new)
    assert new.weights[0][:4].equal(old.weights[0])
    assert new.weights[0][4:].equal(fresh)
    assert new.weights[1][:, :5].equal(old.weights[1])


def test_a_transplant_keeps_frozen_what_was():
    old, new = a_net([2, 4, 1], ["tanh", "tanh"]), a_net([2, 3, 1], ["tanh", "tanh"], seed=2)
    old.free = torch.ones_like(old.theta, dtype=torch.bool)
    for layer, unit, source in ((0, 1, 2), (0, 3, 0), (1, 0, 2)):  # the second has no place
        old.views(old.free)[0][layer][unit, source] = False
    transplant(old, new)
    frozen = [(~w).nonzero().tolist() for w in new.views(new.free)[0]]
    assert frozen == [[[1, 2]], [[0, 2]]]
    assert transplant(old, a_net([2, 1, 1], ["tanh", "tanh"])).free is None  # no place is left


def test_from_zeros_all_units_of_a_layer_stay_the_same(rng):
    net = initialise(Dense(2, [Layer(4), Layer(1)]), "zeros", rng)
    x, y = torch.randn(2, 20, generator=rng), torch.randn(1, 20, generator=rng)
    for _ in range(30):
        p = net.forward(x)
        net.backward(p, LOSSES["squared"].slope(p.output, y))
        net.theta -= 0.1 * net.gradient
    assert all(w.equal(net.weights[0][0]) for w in net.weights[0])
    assert net.weights[1][0, 0] != 0
