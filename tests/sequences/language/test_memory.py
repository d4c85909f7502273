"""Gradients through time against autograd's own."""

import math

import pytest
import torch

from labs.sequences.language.learning import fresh
from labs.sequences.language.memory import (
    Recall,
    prepare,
    reach,
    recall_batch,
    rescale,
    spectral_radius,
)
from labs.sequences.language.remembering import Remembering
from tests.sentences import is_one_sentence

T, N = 12, 4


@pytest.fixture
def texts(rng):
    return torch.randint(97, (T, N), generator=rng), torch.randint(97, (N,), generator=rng)


def test_reach_is_autograds(net, texts):
    x, y = texts
    model, h = net, None
    states, state = [], None
    layers = model.recurrent.num_layers
    for t in range(T):  # one call a step: the top layer's h of every step becomes a leaf's road
        _, state = model.recurrent(model.embedding(x[t][:, None]), state)
        h = (state[0] if isinstance(state, tuple) else state).requires_grad_(True)
        state = (h, state[1]) if isinstance(state, tuple) else h
        states.append(h)
    loss = torch.nn.functional.cross_entropy(model.head(h[-1]), y, reduction="sum")
    got = torch.autograd.grad(loss, states)
    norms = torch.stack([g[layers - 1].norm(dim=1).mean() for g in got]).flip(0)
    torch.testing.assert_close(reach(model, x, y), norms / norms[0], atol=1e-5, rtol=1e-3)


def test_spectral_radius_of_a_rotation():
    a = 0.7
    turn = 1.3 * torch.tensor([[math.cos(a), -math.sin(a)], [math.sin(a), math.cos(a)]])
    assert spectral_radius(turn) == pytest.approx(1.3, abs=1e-5)


def test_rescaled_has_the_radius(rng):
    model = fresh("rnn", 97, rng, 16)
    rescale(model, 1.7)
    assert spectral_radius(model.recurrent.weight_hh_l0) == pytest.approx(1.7, rel=1e-4)


def test_a_small_radius_vanishes_and_an_open_gate_keeps():
    lab = Remembering()
    lab.receive({"setting": "radius", "value": 0.5})
    lab.receive({"setting": "bias", "value": -3.0})
    closed = lab.untrained()
    assert closed["rnn"][30] < 1e-6
    lab.receive({"setting": "radius", "value": 2.5})
    lab.receive({"setting": "bias", "value": 5.0})
    far = lab.untrained()
    assert far["rnn"][30] > closed["rnn"][30]
    assert far["lstm"][30] > 100 * closed["lstm"][30]


def test_the_answer_of_the_task_is_its_first_symbol(rng):
    x, y = recall_batch(5, 7, 4, rng)
    assert x.shape == (8, 5, 8)
    assert torch.equal(x[0].argmax(1), y)
    assert (x[1:].argmax(2) >= 4).all()


def test_a_short_delay_is_learnt(rng):
    model = prepare(Recall("lstm", 8, 16), 1.0, rng)
    optimizer = torch.optim.Adam(model.parameters(), 2e-2)
    for _ in range(120):
        x, y = recall_batch(32, 3, 4, rng)
        loss = torch.nn.functional.cross_entropy(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    x, y = recall_batch(200, 3, 4, rng)
    assert (model(x).argmax(1) == y).float().mean() > 0.95


def test_steps_and_settings():
    lab = Remembering()
    lab.receive({"setting": "delay", "value": 2})
    for _ in range(25):
        assert lab.step()
    frame = lab.frame()
    assert frame.values["recall"].shape[0] == 4
    assert frame.values["untrained"].shape[0] == 5
    for bad in ({"setting": "delay", "value": 0}, {"setting": "radius", "value": "x"},
                {"setting": "nothing"}, {}):  # fmt: skip
        with pytest.raises(ValueError) as fault:
            lab.receive(bad)
        assert is_one_sentence(str(fault.value))
