"""Optimizers, schedules, initialisation and penalties against torch's own."""

import pytest
import torch
from torch import nn

from labs.models.dense import (
    INITIAL,
    LOSSES,
    OPTIMIZERS,
    SCHEDULES,
    Dense,
    Layer,
    Training,
    initialise,
    mirror,
    train_step,
)
from labs.models.dense.penalties import add_gradient, limit_norm, penalty
from tests.models.dense.oracle import loss_of, output

PEERS = {
    "SGD": lambda p, lr: torch.optim.SGD(p, lr),
    "momentum": lambda p, lr: torch.optim.SGD(p, lr, momentum=0.9),
    "Nesterov": lambda p, lr: torch.optim.SGD(p, lr, momentum=0.9, nesterov=True),
    "RMSProp": lambda p, lr: torch.optim.RMSprop(p, lr),
    "Adagrad": lambda p, lr: torch.optim.Adagrad(p, lr),
    "Adam": lambda p, lr: torch.optim.Adam(p, lr),
    "AdamW": lambda p, lr: torch.optim.AdamW(p, lr),
}


def a_net(seed: int = 1, **more) -> Dense:
    rng = torch.Generator().manual_seed(seed)
    layers = [Layer(6), Layer(1, "identity")]
    return initialise(Dense(2, layers, dtype=torch.float64, **more), "Xavier", rng)


@pytest.fixture
def batch(rng):
    x = torch.randn(2, 15, generator=rng, dtype=torch.float64)
    return x, torch.sin(2 * x[:1]) + x[1:]


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_200_steps_are_torchs(name, batch):
    x, y = batch
    net, mine = a_net(), OPTIMIZERS[name]()
    theta = net.theta.clone().requires_grad_()
    rate = 0.02
    peer = PEERS[name]([theta], rate)
    how = Training(LOSSES["squared"], rate)
    for i in range(200):
        peer.zero_grad()
        loss_of("squared", output(net, theta, x), y).backward()
        peer.step()
        train_step(net, x, y, mine, how)
        if i in (0, 9, 199):
            torch.testing.assert_close(net.theta, theta.detach(), rtol=1e-8, atol=1e-10)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_rate_for_each_copy(name, batch):
    x, y = batch
    rates = torch.tensor([[0.001], [0.01], [0.05]], dtype=torch.float64)
    many, mine = a_net(copies=3), OPTIMIZERS[name]()
    start = many.theta.clone()
    for _ in range(20):
        train_step(many, x, y, mine, Training(LOSSES["squared"], rates))
    for k, rate in enumerate(rates.flatten().tolist()):
        one, own = a_net(), OPTIMIZERS[name]()
        one.theta.copy_(start[k])
        for _ in range(20):
            train_step(one, x, y, own, Training(LOSSES["squared"], rate))
        torch.testing.assert_close(many.theta[k], one.theta)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_frozen_parameters_stay(name, batch):
    net, mine = a_net(), OPTIMIZERS[name]()
    how = Training(LOSSES["squared"], 0.05, l2=0.1)
    for _ in range(5):
        train_step(net, *batch, mine, how)
    net.free = torch.ones_like(net.theta, dtype=torch.bool)
    net.free[3] = False
    before = net.theta.clone()
    for _ in range(20):
        train_step(net, *batch, mine, how)
    assert net.theta[3] == before[3]
    assert (net.theta != before).sum() == net.theta.numel() - 1


def test_penalties_are_autograds_and_spare_the_biases():
    net = a_net()
    net.weights[0][:, 0] = 3.0
    theta = net.theta.clone().requires_grad_()
    w = torch.cat([theta[:18].view(6, 3)[:, 1:].flatten(), theta[18:].view(1, 7)[:, 1:].flatten()])
    value = 0.3 * w.abs().sum() + 0.5 * 0.7 * (w**2).sum()
    (want,) = torch.autograd.grad(value, theta)
    net.gradient.zero_()
    add_gradient(net, 0.3, 0.7)
    torch.testing.assert_close(net.gradient, want)
    torch.testing.assert_close(penalty(net, 0.3, 0.7), value.detach())
    assert (net.gradients[0][:, 0] == 0).all()


def test_max_norm_is_renorm():
    net = a_net()
    net.theta *= 3
    want = [torch.renorm(w[:, 1:], 2, 0, 1.5) for w in net.weights]
    limit_norm(net, 1.5)
    for w, renormed in zip(net.weights, want, strict=True):
        torch.testing.assert_close(w[:, 1:], renormed, rtol=1e-5, atol=1e-8)


INITS = {
    "Xavier": nn.init.xavier_normal_,
    "He": lambda w, generator: nn.init.kaiming_normal_(w, generator=generator),
    "small normal": lambda w, generator: nn.init.normal_(w, 0, 0.1, generator=generator),
    "zeros": lambda w, generator: nn.init.zeros_(w),
    "orthogonal": nn.init.orthogonal_,
}


@pytest.mark.parametrize("name", INITIAL)
@pytest.mark.parametrize("shape", [(5, 8), (8, 5), (1, 3), (6, 6)])
def test_initial_weights_are_torchs(name, shape):
    w = torch.empty(shape, dtype=torch.float64)
    want = INITS[name](w.clone(), generator=torch.Generator().manual_seed(5))
    mine = INITIAL[name](w, torch.Generator().manual_seed(5))
    torch.testing.assert_close(mine, want)


def test_orthogonal_copies(rng):
    w = INITIAL["orthogonal"](torch.empty(4, 3, 7, dtype=torch.float64), rng)
    torch.testing.assert_close(w @ w.mT, torch.eye(3, dtype=torch.float64).expand(4, 3, 3))


def test_an_unknown_initialisation_is_refused(rng):
    with pytest.raises(ValueError, match="one of zeros"):
        initialise(Dense(2, [Layer(1)]), "nothing", rng)


def test_schedules_are_torchs():
    total = 60
    schedulers = torch.optim.lr_scheduler
    peers = {
        "step": lambda o: schedulers.StepLR(o, total // 3, 0.1),
        "cosine": lambda o: schedulers.CosineAnnealingLR(o, total),
        "warm-up": lambda o: schedulers.LinearLR(o, 1 / 6, 1.0, 5),
        "constant": lambda o: schedulers.ConstantLR(o, 1.0),
    }
    assert set(peers) == set(SCHEDULES)
    for name, make in peers.items():
        optimizer = torch.optim.SGD([nn.Parameter(torch.zeros(1))], 1.0)
        peer = make(optimizer)
        for t in range(total):
            assert SCHEDULES[name](t, total) == pytest.approx(optimizer.param_groups[0]["lr"])
            optimizer.step()
            peer.step()


def test_a_mirror_says_the_same_in_another_precision(rng):
    layers = [Layer(5, "tanh", batch_norm=True), Layer(1, "identity")]
    old = initialise(Dense(2, layers, dtype=torch.float64), "He", rng)
    x = torch.randn(2, 40, generator=rng, dtype=torch.float64)
    for _ in range(5):  # so that batch norm has statistics of its own
        train_step(old, x, x[:1], OPTIMIZERS["SGD"](), Training(LOSSES["squared"], 0.1))
    new = mirror(old, Dense(2, layers))
    torch.testing.assert_close(
        new.forward(x).output.double(), old.forward(x).output, rtol=1e-4, atol=1e-5
    )
    assert new.theta.dtype == torch.float32
