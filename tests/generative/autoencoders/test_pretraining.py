"""Contrastive divergence, what steps cost, the race, and its verdict."""

import pytest
import torch
from scipy.stats import binomtest
from torch.utils.flop_counter import FlopCounterMode

from labs.generative.autoencoders import Pretraining
from labs.generative.autoencoders.pretraining.stack import (
    Reader,
    Stack,
    contrastive_divergence,
    cost_of_divergence,
    cost_of_step,
    random_layers,
)
from labs.generative.autoencoders.pretraining.verdict import alone, chance
from labs.generative.autoencoders.pretraining.view import NAMES
from labs.live import encode
from labs.models.rbm import RBM


def test_cd_of_a_machine_without_edges_is_the_gradient(rng):
    """Its chain forgets v at once: the visible biases' estimate is the mean minus sigma(a)."""
    rbm = RBM(5, 3).requires_grad_(False)
    rbm.a.normal_(generator=rng)
    v = torch.bernoulli(torch.full((2000, 5), 0.3), generator=rng)
    found, again = contrastive_divergence(rbm, v, rng)
    torch.testing.assert_close(found["a"], v.mean(0) - rbm.a.sigmoid(), atol=1e-5, rtol=0)
    torch.testing.assert_close(again, rbm.a.sigmoid().expand(2000, 5))
    torch.testing.assert_close(found["b"], torch.zeros(3))
    torch.testing.assert_close(found["W"], (v - again).T @ torch.full((2000, 3), 0.5) / 2000)


def test_cd_goes_up_the_likelihood_of_a_small_machine(rng):
    bits = torch.cartesian_prod(*[torch.tensor([0.0, 1.0])] * 4)
    data = bits[torch.tensor([3, 3, 12, 12, 12, 15])]

    def likelihood(rbm: RBM) -> float:
        return (-rbm.free_energy(data)).mean().item() - (-rbm.free_energy(bits)).logsumexp(0).item()

    rbm = RBM(4, 6).requires_grad_(False)
    rbm.W.normal_(0, 0.1, generator=rng)
    before = likelihood(rbm)
    for _ in range(600):
        for name, g in contrastive_divergence(rbm, data, rng)[0].items():
            getattr(rbm, name).add_(g, alpha=0.2)
    assert likelihood(rbm) > before + 0.5


def test_costs_are_those_that_torch_counts(rng):
    x, y = torch.rand(64, 30, generator=rng), torch.randint(10, (64,), generator=rng)
    reader = Reader(random_layers([30, 20, 15, 10], 1.0, rng), torch.sigmoid, 1)
    with FlopCounterMode(display=False) as count:
        reader.step(x, y, 0.1)
    assert count.get_total_flops() == 2 * reader.spent == 2 * 64 * cost_of_step([600, 300, 150])
    stack = Stack(x, [30, 20, 15], 2, 1)
    with FlopCounterMode(display=False) as count:
        while not stack.learned:
            stack.step()
    assert count.get_total_flops() == 2 * stack.spent == 2 * stack.cost
    assert stack.cost == 2 * 64 * (cost_of_divergence(600) + 600 + cost_of_divergence(300))


def test_a_reader_s_step_is_torchs(rng):
    x, y = torch.rand(40, 12, generator=rng), torch.randint(3, (40,), generator=rng)
    layers = random_layers([12, 8, 3], 1.0, rng)
    module = torch.nn.Sequential(torch.nn.Linear(12, 8), torch.nn.Sigmoid(), torch.nn.Linear(8, 3))
    for (w, b), layer in zip(layers, (module[0], module[2]), strict=True):
        layer.weight.data, layer.bias.data = w.T.clone(), b.clone()
    optimizer = torch.optim.SGD(module.parameters(), 0.2, momentum=0.9)
    reader = Reader(layers, torch.sigmoid, 4)
    for _ in range(5):
        reader.step(x, y, 0.2)
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(module(x), y).backward()
        optimizer.step()
    torch.testing.assert_close(reader.logits(x), module(x), atol=1e-5, rtol=1e-4)


def test_the_stack_becomes_the_net():
    x = torch.rand(50, 12, generator=torch.Generator().manual_seed(2))
    stack = Stack(x, [12, 7, 5], 1, 3)
    while not stack.learned:
        stack.step()
    h = stack.rbms[1].hidden(stack.rbms[0].hidden(x))
    reader = Reader([*stack.layers(), (torch.eye(5), torch.zeros(5))], torch.sigmoid, 1)
    torch.testing.assert_close(reader.logits(x), h)
    reader.step(x, torch.zeros(50, dtype=torch.long), 1.0)
    torch.testing.assert_close(stack.rbms[1].hidden(stack.rbms[0].hidden(x)), h)  # copies


def test_chance_is_scipys():
    for a, b in ((0, 0), (3, 1), (5, 5), (30, 9), (1, 0)):
        want = binomtest(a, a + b).pvalue if a + b else 1
        assert chance(a, b) == pytest.approx(want)
    right = torch.tensor([True, True, False, False])
    assert alone(right, torch.tensor([True, False, True, False])) == (1, 1)


def test_nobody_gets_ahead_in_cost_and_labels_are_balanced():
    lab = Pretraining()
    for name, value in {"labels": "50", "sweeps": 1}.items():
        lab.receive({"setting": name, "value": value})
    assert lab.labelled[1].bincount().tolist() == [5] * 10
    for _ in range(400):
        lab.step()
    spent = [lab.spent(name) for name in NAMES]
    assert max(spent) - min(spent) <= 64 * 6 * 784 * 128
    assert lab.stack.learned
    frame = lab.frame()
    encode(frame)
    assert (frame.values["race"][0].diff() >= 0).all()
    assert "nan" not in str(frame.notes).lower()


def test_the_verdict_is_what_was_measured_at_the_mark(monkeypatch):
    monkeypatch.setattr("labs.generative.autoencoders.pretraining.experiment.MARK", 2e9)
    lab = Pretraining()
    lab.receive({"setting": "sweeps", "value": 1})
    while not lab.verdict and lab.step():
        pass
    assert all(lab.spent(name) >= lab.mark == 2e9 for name in NAMES)
    shares = [lab.right[name].float().mean().item() for name in NAMES]
    assert lab.runs[-1][4:] == tuple(f"{share:.1%}" for share in shares)
    ahead, behind = lab.split
    assert (ahead - behind) / len(lab.y_test) == pytest.approx(shares[0] - shares[1], abs=1e-6)
    assert lab.verdict.startswith("At 2 billion multiply-adds each, 100 labels: pretrained ")
    text = lab.frame().notes["words"]["verdict"][0]["text"]
    assert text == lab.verdict


def test_a_wild_rate_is_said_and_the_mark_moves_with_costly_pretraining():
    lab = Pretraining()
    for name, value in {"depth": "3", "sweeps": 20}.items():
        lab.receive({"setting": name, "value": value})
    assert lab.mark == 1.5 * lab.stack.cost
    lab.readers[NAMES[2]].flat[0].data.fill_(float("inf"))
    lab.stack.spent = 10**12
    for _ in range(3):
        lab.step()
    assert "overshoot" in lab.frame().notes["words"]["verdict"][1]["text"]
    assert not lab.step()


def test_the_script_trains_the_same_nets(printed):
    lab = Pretraining()
    lab.receive({"setting": "sweeps", "value": 1})
    for _ in range(300):
        lab.step()
    for name in NAMES:
        lab._look(name)
    lines = dict(line.split(": ") for line in printed(lab.script()).splitlines())
    for name in NAMES:
        share = lab.courses[name][-1][1]
        assert float(lines[name].split("%")[0]) == pytest.approx(100 * share, abs=0.6)
        assert f"{lab.spent(name) / 1e9:.3f} billion" in lines[name]
