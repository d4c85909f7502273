"""Sums of bends, linear layers, folds and parity."""

import math

import pytest
import torch

from labs.basics.approximation import Approximation
from labs.basics.approximation.collapse import collapsed, difference, linear_net
from labs.basics.approximation.depth import (
    all_bits,
    fold,
    gates_for_parity,
    parity,
    parity_net,
    pieces,
    shallow,
)
from labs.basics.approximation.target import SHAPES, X
from labs.live import encode
from labs.models.dense import ACTIVATIONS
from tests.sentences import is_one_sentence


@pytest.fixture
def lab() -> Approximation:
    return Approximation()


@pytest.mark.parametrize("depth", [1, 3])
@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_parts_and_the_bias_are_the_output(lab, name, depth):
    lab.receive({"setting": "activation", "value": name})
    lab.receive({"setting": "depth", "value": depth})
    for _ in range(3):
        lab.step()
    output, parts = lab.fit.look()
    torch.testing.assert_close(parts.sum(0) + lab.fit.net.weights[-1][0, 0], output)
    encode(lab.frame())


def test_the_first_units_are_summed(lab):
    lab.receive({"setting": "sum", "value": 3})
    curves = lab.frame().values["sketch"]
    _, parts = lab.fit.look()
    torch.testing.assert_close(curves[3], parts[:3].sum(0) + lab.fit.net.weights[-1][0, 0])
    lab.receive({"setting": "sum", "value": 8})
    assert len(lab.frame().values["sketch"]) == 3


def test_it_learns_the_wave(lab):
    for _ in range(500):
        lab.step()
    assert lab.fit.history.moments[-1][1] < 0.1 * lab.fit.history.moments[0][1]


@pytest.mark.parametrize("seed", range(5))
def test_linear_layers_are_one_to_machine_precision(seed):
    net = linear_net(seed)
    assert difference(net) < 1e-14
    w1, w2 = net.weights
    one = collapsed(net)
    torch.testing.assert_close(one[:, 1:], w2[:, 1:] @ w1[:, 1:])
    torch.testing.assert_close(one[:, 0], w2[:, 1:] @ w1[:, 0] + w2[:, 0])


def test_a_linear_net_fits_nothing_but_a_line(lab):
    lab.receive({"setting": "activation", "value": "identity"})
    for _ in range(50):
        lab.step()
    assert lab.fit.look()[0].diff().diff().abs().max() < 1e-12


@pytest.mark.parametrize("n", range(1, 8))
def test_folds_double_the_pieces(n):
    x = torch.linspace(0, 1, 1025, dtype=torch.float64)
    y = fold(n).forward(x[None]).output[0].clone()
    assert pieces(y) == 2**n
    triangle = (x * 2 ** (n - 1)) % 1
    want = 1 - (2 * triangle - 1).abs()
    want[-1] = 0
    torch.testing.assert_close(y, want)


def test_a_shallow_net_of_the_same_size_cannot():
    x = torch.linspace(0, 1, 1025, dtype=torch.float64)
    for n in range(3, 8):
        y = fold(n).forward(x[None]).output[0].clone()
        flat = shallow(2 * n, x, y)
        assert (flat - y).abs().max() > 0.3
        exact = shallow(2**n, x, y)  # one bend at the left end counts for nothing
        assert (exact - y).abs().max() < 1e-6


@pytest.mark.parametrize("n", range(2, 9))
def test_n_thresholds_do_parity(n):
    bits = all_bits(n)
    assert parity(parity_net(n), bits).equal(bits.sum(0) % 2)
    assert gates_for_parity(n) == 2 ** (n - 1)
    lab = Approximation()
    lab.receive({"setting": "bits", "value": n})
    assert lab.frame().values["count"].tolist() == [[k % 2 for k in range(n + 1)]]


def test_the_pen_draws(lab):
    lab.receive({"panel": "sketch", "kind": "stroke", "points": [[-1, 0.5], [1, 0.5]]})
    assert (lab.target == 0.5).all()
    lab.receive({"panel": "sketch", "kind": "stroke", "points": [[0, -1]]})
    assert lab.target[60] == -1
    assert lab.own
    assert SHAPES["wave"].equal(Approximation().target)
    assert len(X) == len(lab.target)


def test_a_link_opens_with_the_same_function(lab):
    assert lab.address() == {}
    lab.receive({"panel": "sketch", "kind": "stroke", "points": [[-1, 0.123456], [0.3, -1.5]]})
    told = lab.frame().notes["address"]
    assert "address" not in lab.frame().notes  # it is said once
    assert len(told["curve"]) < 400
    other = Approximation()
    other.receive({"panel": "curve", "kind": "link", "value": told["curve"]})
    assert other.target.equal(lab.target)
    assert other.address() == told
    lab.receive({"setting": "shape", "value": "step"})
    assert lab.frame().notes["address"] == {"shape": "step", "curve": ""}


@pytest.mark.parametrize("text", ["", "AAAA", "%%", "é", "f" * 322, "f" * 323, "A" * 10_000])
def test_a_damaged_link_is_refused_in_a_sentence(lab, text):
    with pytest.raises(ValueError, match="damaged") as fault:
        lab.receive({"panel": "curve", "kind": "link", "value": text})
    assert is_one_sentence(str(fault.value))
    assert not lab.own


def test_a_wider_net_keeps_its_weights(lab):
    lab.step()
    w = lab.fit.net.weights[0].clone()
    lab.receive({"setting": "width", "value": 12})
    assert lab.fit.net.weights[0][:8].equal(w)


def test_running_away_is_said(lab):
    lab.receive({"setting": "activation", "value": "relu"})
    lab.fit.net.theta.fill_(math.nan)
    lab.fit.note(lab.target)
    assert not lab.step()
    sentence = lab.frame().notes["titles"]["sketch"]
    assert "ran away by step" in sentence
    assert "learning rate" in sentence
    assert is_one_sentence(sentence)


def test_an_error_that_grew_is_explained(lab):
    for name, value in {"activation": "identity", "depth": 4, "learning_rate": 1}.items():
        lab.receive({"setting": name, "value": value})
    while lab.fit.error < 1e3:
        lab.step()
    sentence = lab.frame().notes["say"]
    assert f"at step {lab.fit.count}" in sentence
    assert "learning rate, 1," in sentence


def test_a_net_that_became_a_constant_is_explained(lab):
    for _ in range(60):
        lab.step()
    assert not lab.fit.trouble  # it learns
    for name, value in {"width": 40, "depth": 4, "learning_rate": 1}.items():
        lab.receive({"setting": name, "value": value})
    for _ in range(400):
        lab.step()
    output, _ = lab.fit.look()
    assert output.std() < 0.01
    sentence = lab.frame().notes["titles"]["sketch"]
    assert sentence.startswith("The net is a constant at step")
    assert is_one_sentence(sentence)


JUNK = (None, True, -9, 2.5, "", "junk" * 99, [], {}, [[]], [[0, "x"]], math.nan, 10**400)


@pytest.mark.parametrize("value", JUNK, ids=lambda v: ascii(v)[:12])
@pytest.mark.parametrize("name", ["points", "setting", "shape", "activation", "width", "l2",
                                  "learning_rate", "folds", "bits", "visible"])  # fmt: skip
def test_a_hostile_event_is_taken_or_refused_in_a_sentence(lab, name, value):
    event = {"setting": name, "value": value}
    if name == "points":
        event = {"panel": "sketch", "kind": "stroke", "points": value}
    elif name == "setting":
        event = {"setting": value}
    try:
        lab.receive(event)
    except ValueError as fault:
        assert is_one_sentence(str(fault)), fault
    encode(lab.frame())


def test_the_script_says_what_the_page_says(lab, printed):
    for _ in range(20):
        lab.step()
    said = printed(lab.script())
    assert float(said.split()[1]) == pytest.approx(lab.fit.history.moments[-1][1], abs=1e-7)
    assert "True" in said
