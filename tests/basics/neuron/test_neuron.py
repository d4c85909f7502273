"""One unit, its rules, the lecture's gates, and two layers."""

import itertools
import math
import re

import pytest
import torch
from scipy.optimize import linprog
from sklearn.linear_model import Perceptron

from labs.basics.neuron import Neuron
from labs.basics.neuron.gates import CORNERS, GATES, weights
from labs.basics.neuron.layers import Layers
from labs.basics.neuron.line import handles
from labs.basics.neuron.unit import (
    bound,
    cross_entropy,
    gradient,
    logistic,
    perceptron_rule,
    threshold,
    with_one,
)
from labs.live import encode
from tests.sentences import is_one_sentence

SOLVABLE = [g for g, gate in GATES.items() if gate.weights]


@pytest.fixture
def lab() -> Neuron:
    return Neuron()


def test_and_of_the_lecture():
    z = weights("AND") @ with_one(CORNERS)
    assert z.tolist() == [-30, -10, -10, 10]
    assert logistic(z).tolist() == pytest.approx([0, 0, 0, 1], abs=1e-4)


@pytest.mark.parametrize("gate", SOLVABLE)
def test_the_gates_of_the_lecture(gate):
    y = logistic(weights(gate) @ with_one(CORNERS))
    assert y.round().int().tolist() == list(GATES[gate].wanted)
    assert (y - torch.tensor(GATES[gate].wanted)).abs().max() < 1e-4


def test_xnor_of_two_layers_says_1_0_0_1():
    layers = Layers()
    assert not layers.xnor
    layers.lecture()
    assert layers.table()[:, 4].round().int().tolist() == [1, 0, 0, 1]
    assert layers.xnor


def test_no_line_does_xor():
    x, t = with_one(CORNERS), torch.tensor(GATES["XOR"].wanted)
    sides = (1 - 2 * t)[:, None] * x.T  # sides @ w <= -1 would put every corner on its side
    assert linprog([0, 0, 0], sides.numpy(), [-1] * 4, bounds=(None, None)).status == 2
    most = 0
    for w in itertools.product(torch.linspace(-2, 2, 9).tolist(), repeat=3):
        y = threshold(torch.tensor(w, dtype=torch.float64) @ x)
        most = max(most, int((y == t).sum()))
    assert most == 3


def test_the_gradient_is_autograds(rng):
    x = with_one(torch.randn(2, 9, generator=rng, dtype=torch.float64))
    t = torch.randint(2, (9,), generator=rng).double()
    w = torch.randn(3, generator=rng, dtype=torch.float64).requires_grad_()
    loss = torch.nn.functional.binary_cross_entropy_with_logits(w @ x, t)
    (want,) = torch.autograd.grad(loss, w)
    w = w.detach()
    torch.testing.assert_close(gradient(w, x, t), want)
    assert cross_entropy(w, x, t) == pytest.approx(loss.item())


def test_the_perceptron_rule_is_scikit_learns(rng):
    x = torch.randn(2, 40, generator=rng, dtype=torch.float64)
    t = (x[0] + 0.5 * x[1] > 0.2).double()
    peer = Perceptron(shuffle=False, max_iter=1, tol=None, eta0=1.0)
    peer.fit(x.T.numpy(), t.numpy())
    w = torch.zeros(3, dtype=torch.float64)
    # scikit-learn counts a sum of 0 as a mistake on either side; begin where that does not matter
    w = w + (2 * t[0] - 1) * with_one(x)[:, 0]
    for k in range(1, 40):
        w = perceptron_rule(w, with_one(x)[:, k], float(t[k]), 1.0)
    assert w.tolist() == pytest.approx([float(peer.intercept_[0]), *peer.coef_[0]])


@pytest.mark.parametrize("gate", SOLVABLE)
@pytest.mark.parametrize("kind", ["perceptron", "logistic"])
def test_both_rules_learn_every_gate_from_nothing(lab, gate, kind):
    lab.receive({"setting": "gate", "value": gate})
    lab.receive({"setting": "kind", "value": kind})
    lab.receive({"setting": "zero"})
    lab.receive({"setting": "learning_rate", "value": 2.0})
    for _ in range(400):
        if not lab.step():
            break
    assert lab.unit.right == 4


def numbers(text: str) -> list[float]:
    return [float(n.replace("−", "-")) for n in re.findall(r"−?\d+\.?\d*(?:e−?\d+)?", text)]


@pytest.mark.parametrize("kind", ["perceptron", "logistic"])
def test_an_update_is_said_with_its_numbers(lab, kind):
    lab.receive({"setting": "gate", "value": "OR"})
    lab.receive({"setting": "kind", "value": kind})
    lab.receive({"setting": "zero"})
    assert len(lab.frame().notes["words"]["news"]) == 1
    lab.step()
    told = lab.frame().notes["words"]["news"][1]
    assert told["title"] == "Update 1"
    assert numbers(told["text"])[-3:] == pytest.approx(lab.unit.w.tolist(), rel=0.01)
    if kind == "perceptron":
        assert lab.place == (0.0, 0.0)  # of the example, where the cross is
        assert "y = 1, wanted 0" in told["text"]
    lab.receive({"setting": "w1", "value": 3.0})  # by hand: no update any more
    assert len(lab.frame().notes["words"]["news"]) == 1


@pytest.mark.parametrize("kind", ["perceptron", "logistic"])
def test_an_update_keeps_the_rate_it_was_made_with(lab, kind):
    lab.receive({"setting": "kind", "value": kind})
    lab.receive({"setting": "zero"})
    lab.step()
    told = lab.frame().notes["words"]["news"][1]
    lab.receive({"setting": "learning_rate", "value": 5})
    assert lab.frame().notes["words"]["news"][1] == told
    assert " 0.5 · " in told["text"]


def test_xor_is_never_all_right(lab):
    lab.receive({"setting": "gate", "value": "XOR"})
    assert "no line does both" in lab.frame().notes["words"]["news"][1]["text"]
    for kind in ("perceptron", "logistic"):
        lab.receive({"setting": "kind", "value": kind})
        for _ in range(300):
            lab.step()
            assert lab.unit.right <= 3


def test_the_line_follows_its_handles(lab):
    lab.receive({"panel": "plane", "kind": "handle", "index": 0, "x": 0.2, "y": 0.3})
    assert (lab.unit.w @ torch.tensor([1, 0.2, 0.3], dtype=torch.float64)).item() == pytest.approx(
        0
    )
    foot, _ = handles(lab.unit.w)
    assert (lab.unit.w[0] + lab.unit.w[1:] @ foot).item() == pytest.approx(0, abs=1e-9)
    lab.receive({"panel": "plane", "kind": "handle", "index": 1, "x": 0.9, "y": 0.3})
    assert lab.unit.w.abs().max() <= 40
    turned = lab.unit.w[1:] / lab.unit.w[1:].norm()
    want = torch.tensor([0.9, 0.3], dtype=torch.float64) - foot
    torch.testing.assert_close(turned, want / want.norm())
    assert lab.unit.by_hand


def test_xnor_is_built_in_the_picture(lab):
    for unit, gate in ((1, "NOR"), (0, "OR")):
        layer = 0 if gate == "NOR" else 1
        lab.receive({"panel": "network", "kind": "select", "layer": layer, "unit": unit})
        lab.receive({"setting": f"put {gate}", "value": True})
    frame = lab.frame()
    assert frame.notes["tables"]["table"]["said"] == "output 1 0 0 1: XNOR"


def test_bound_is_the_nearest_point_of_the_line():
    w = torch.tensor([-3.0, 2.0, 1.0])
    foot = bound(w)
    assert (w[0] + w[1:] @ foot).item() == pytest.approx(0, abs=1e-6)
    away = foot - 0.5
    assert (away[0] * w[2] - away[1] * w[1]).item() == pytest.approx(0, abs=1e-6)


JUNK = (None, True, -9, 2.5, "", "junk" * 99, [], {}, math.nan, math.inf, 10**400)
EVENTS = {
    "x": lambda v: {"panel": "plane", "kind": "handle", "index": 0, "x": v, "y": 0},
    "handle": lambda v: {"panel": "plane", "kind": "handle", "index": v, "x": 0, "y": 0},
    "point": lambda v: {"panel": "plane", "kind": "add", "x": 0, "y": v, "label": 1},
    "index": lambda v: {"panel": "plane", "kind": "remove", "index": v},
    "kind": lambda v: {"panel": "plane", "kind": v, "x": 0, "y": 0},
    "layer": lambda v: {"panel": "network", "kind": "select", "layer": v, "unit": 0},
    "weight": lambda v: {"panel": "network", "kind": "weight", "layer": 0, "unit": 0, "source": 1,
                         "value": v},
}  # fmt: skip


def test_a_hostile_event_is_taken_or_refused_in_a_sentence(subtests):
    for what, value in itertools.product(EVENTS, JUNK):
        with subtests.test(what, value=ascii(value)[:40]):
            lab = Neuron()
            try:
                lab.receive(EVENTS[what](value))
            except ValueError as fault:
                assert is_one_sentence(str(fault)), fault
            encode(lab.frame())


def test_the_two_layers_travel_by_link(lab):
    lab.receive({"panel": "network", "kind": "weight", "layer": 1, "unit": 0, "source": 2,
                 "value": -7.25})  # fmt: skip
    other = Neuron()
    assert other.open(lab.address()) == {}
    assert other.layers.w.equal(lab.layers.w)
    for text in ("", "1,2", "1,2,3,4,5,6,7,8,900", "a,b,c,d,e,f,g,h,i"):
        assert is_one_sentence(other.open({"layers": text})["layers"])
        assert other.layers.w.equal(lab.layers.w)


def test_only_a_hand_that_found_mistakes_makes_an_or(lab):
    for event in ({"setting": "xnor"}, {"setting": "gate", "value": "OR"}, {"setting": "lecture"},
                  {"setting": "bias", "value": -10.5}):  # fmt: skip
        lab.receive(event)
    lab.rest()
    assert lab.met == set()  # these weights are the lecture's
    for at, want in ((1.2, set()), (0.2, {"and"})):
        lab.receive({"panel": "plane", "kind": "handle", "index": 0, "x": at, "y": at})
        lab.rest()
        assert lab.met == want


def test_own_points_travel_by_link(lab):
    assert lab.address() == {}
    lab.receive({"panel": "plane", "kind": "add", "x": -0.25, "y": 1.4, "label": 1})
    other = Neuron()
    other.receive({"panel": "points", "kind": "link", "value": lab.address()["points"]})
    assert (other.unit.x - lab.unit.x).abs().max() < 0.006
    assert other.unit.y.equal(lab.unit.y)
    assert other.address() == lab.address()


@pytest.mark.parametrize(
    "text", ["", "1.1.0", "0.0.0_1.1", "0.0.0_200.0.1", "0.0.0_1.1.2", "a.b.c_1.1.1"]
)
def test_damaged_points_are_one_sentence(lab, text):
    with pytest.raises(ValueError, match="damaged") as fault:
        lab.receive({"panel": "points", "kind": "link", "value": text})
    assert is_one_sentence(str(fault.value))
    assert lab.unit.x.equal(CORNERS)


def test_the_script_says_what_the_page_says(lab, printed):
    said = printed(lab.script())
    assert "z = -30.0000  y = 0.000000" in said
    assert "right: 4 of 4" in said


def test_a_half_is_on_no_side():
    """Weights of zero say 1/2 everywhere, which the table does not call right."""
    lab = Neuron()
    table = lab.frame().notes["tables"]["table"]
    assert table["said"].startswith("output ½ ½ ½ ½")
    assert [(y, mark) for *_, y, _, mark in table["rows"]] == [("0.500", "✗")] * 4


def test_the_script_has_no_branch_that_is_never_taken(lab):
    assert "if True" not in lab.script()
    assert "if False" not in lab.script()
