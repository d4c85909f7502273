"""Gradients through time against autograd's own."""

import math

import pytest
import torch

from labs.models.characters import fresh
from labs.sequences.language.felt import FAR, untrained
from labs.sequences.language.memory import reach, rescale, spectral_radius, top
from labs.sequences.language.recall import Race, Recall, prepare, recall_batch
from labs.sequences.language.remembering import Remembering
from labs.sequences.language.view.gradients import left
from tests.labs import holding

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
    found = reach(model, *top(model, x), y)
    torch.testing.assert_close(found, norms / norms[0], atol=1e-5, rtol=1e-3)


def test_spectral_radius_of_a_rotation():
    a = 0.7
    turn = 1.3 * torch.tensor([[math.cos(a), -math.sin(a)], [math.sin(a), math.cos(a)]])
    assert spectral_radius(turn) == pytest.approx(1.3, abs=1e-5)


def test_rescaled_has_the_radius(rng):
    model = fresh("rnn", 97, rng, hidden=16)
    rescale(model, 1.7)
    assert spectral_radius(model.recurrent.weight_hh_l0) == pytest.approx(1.7, rel=1e-4)


def test_a_small_radius_vanishes_and_an_open_gate_keeps():
    assert untrained("rnn", 0.5).reach[30] < 1e-6
    assert untrained("rnn", 2.5).reach[FAR] > 1
    assert untrained("lstm", 5.0).reach[30] > 100 * untrained("lstm", -3.0).reach[30]


def test_the_matrix_has_the_radius_and_the_tanh_makes_a_step_smaller():
    for radius in (0.5, 1.5):
        net = untrained("rnn", radius)
        assert net.matrix.norm(dim=0).max() == pytest.approx(radius, rel=1e-4)
        assert net.radius < radius


def test_an_open_forget_gate_brings_eigenvalues_near_one():
    near = [((net.step[0] - 1) ** 2 + net.step[1] ** 2).sqrt().min()
            for net in (untrained("lstm", bias) for bias in (-3.0, 0.0, 6.0))]  # fmt: skip
    assert near[0] > near[1] > near[2]
    assert near[2] < 0.02


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


def test_the_race_counts_what_is_right():
    race = Race(5.0)
    assert race.shares() == {}
    rows = []
    for _ in range(45):
        race.step(1, 1e-2)
        rows.append(race.last[-1])
    curve = race.curve()
    assert curve[0].tolist() == [20, 40]
    assert set(race.shares()) == {"rnn", "gru", "lstm"}
    first = sum(row[2] for row in rows[:20]) / 20
    assert curve[3, 0] == pytest.approx(first)


def test_steps_and_settings():
    lab = Remembering()
    lab.receive({"setting": "delay", "value": 2})
    for _ in range(25):
        assert lab.step()
    frame = lab.frame()
    assert frame.values["recall"].shape[0] == 4
    assert frame.values["untrained"].shape == (5, FAR + 1)
    assert lab.steps == 25
    lab.receive({"setting": "again"})
    assert lab.steps == 0


def test_the_plane_shows_the_chosen_net():
    lab = Remembering()
    plane = lab.frame().values["untrained.plane"]
    assert plane.shape == (3, 128)
    matrix = plane[:2, plane[2] == 1]
    assert matrix.norm(dim=0).max() == pytest.approx(0.9, rel=1e-4)
    lab.receive({"setting": "cell", "value": "lstm"})
    frame = lab.frame()
    assert frame.values["untrained.plane"].shape == (3, 128)
    assert frame.values["untrained.plane"][2].max() == 0
    side = frame.notes["trained.plane"]["side"]
    assert frame.values["trained.plane"][:2].abs().max() <= side


def test_the_challenges_of_memory_are_met_by_the_knobs():
    lab = Remembering()
    assert holding(lab) == set()
    lab.receive({"setting": "radius", "value": 3.0})
    assert holding(lab) == {"explodes"}
    lab.receive({"setting": "bias", "value": 6.0})
    assert holding(lab) == {"explodes", "keeps"}


def test_a_gradient_that_underflowed_is_not_0():
    assert left(torch.tensor(0.0)) == "less than 1e−45"
    assert left(torch.tensor(3e-9)) == "3e−09"
