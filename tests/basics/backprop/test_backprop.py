"""Every number against autograd, the lecture's table against its formulas, paths against sums."""

import itertools
import math

import pytest
import torch
import torch.nn.functional as F

from labs.basics.backprop import Backprop
from labs.basics.backprop.export import rows
from labs.basics.backprop.notation import NOTATIONS, names
from labs.basics.backprop.passes import Step, build, numbers, paths, steps
from labs.basics.backprop.presets import PRESETS
from labs.live import encode
from tests.sentences import refuses

FUNCTIONS = {"sigmoid": torch.sigmoid, "tanh": torch.tanh, "relu": torch.relu,
             "identity": lambda z: z}  # fmt: skip
LOSSES = {
    "log": lambda a, y: -(y * a.log() + (1 - y) * (1 - a).log()).sum(),
    "squared": lambda a, y: 0.5 * ((a - y) ** 2).sum(),
    "binary cross-entropy": lambda a, y: F.binary_cross_entropy_with_logits(a, y, reduction="sum"),
    "softmax cross-entropy": lambda a, y: -(y * a.log_softmax(0)).sum(),
}


def opened(preset: str, **settings) -> Backprop:
    lab = Backprop()
    for name, value in ({"preset": preset} | settings).items():
        lab.receive({"setting": name, "value": value})
    return lab


def test_every_number_equals_autograd(subtests):
    for preset, activation, example in itertools.product(
        PRESETS, ["sigmoid", "tanh", "relu"], range(4)
    ):
        with subtests.test(preset, activation=activation, example=example):
            p = PRESETS[preset]
            net = build(p, activation)
            x, y = (torch.tensor(v, dtype=torch.float64) for v in p.examples[example])
            n = numbers(net, x, y, p.loss)
            weights = [w.clone().requires_grad_() for w in net.weights]
            a = leaf = x.clone().requires_grad_()
            pres, posts = [], []
            for w, layer in zip(weights, net.layers, strict=True):
                z = w @ torch.cat([torch.ones(1, dtype=torch.float64), a])
                a = FUNCTIONS[layer.activation](z)
                pres.append(z)
                posts.append(a)
            loss = LOSSES[p.loss](a, y)
            found = torch.autograd.grad(loss, [*pres, *posts, *weights, leaf])
            assert n.loss == pytest.approx(loss.item(), rel=1e-12)
            mine = [*n.dpre, *n.dpost, *n.dweights, n.dx]
            for ours, theirs in zip(mine, found, strict=True):
                assert torch.allclose(ours, theirs, rtol=1e-9, atol=1e-14)
            for ours, theirs in zip([*n.pre, *n.post], [*pres, *posts], strict=True):
                assert torch.allclose(ours, theirs.detach(), rtol=1e-12)


def test_the_lecture_s_table_entry_by_entry():
    """One hidden layer, logistic units, cross-entropy with its minus sign."""
    lab = opened("logistic")
    n = lab.numbers()
    (x1, x2), target = n.x.tolist(), n.y.item()
    alpha, beta = n.weights[0].tolist(), n.weights[1][0].tolist()
    a = [row[0] + row[1] * x1 + row[2] * x2 for row in alpha]
    z = [1 / (1 + math.exp(-v)) for v in a]
    b = beta[0] + beta[1] * z[0] + beta[2] * z[1]
    y = 1 / (1 + math.exp(-b))
    assert n.loss == pytest.approx(-(target * math.log(y) + (1 - target) * math.log(1 - y)))
    dy = -(target / y + (1 - target) / (y - 1))
    assert n.dpost[1].item() == pytest.approx(dy)
    db = dy * y * (1 - y)
    assert n.dpre[1].item() == pytest.approx(db)
    assert db == pytest.approx(y - target)  # the delta of the output is a - y
    assert n.dweights[1][0].tolist() == pytest.approx([db, db * z[0], db * z[1]])
    dz = [db * beta[1], db * beta[2]]
    assert n.dpost[0].tolist() == pytest.approx(dz)
    da = [dz[j] * z[j] * (1 - z[j]) for j in range(2)]
    assert n.dpre[0].tolist() == pytest.approx(da)
    for j in range(2):
        assert n.dweights[0][j].tolist() == pytest.approx([da[j], da[j] * x1, da[j] * x2])
    dx = [sum(da[j] * alpha[j][i + 1] for j in range(2)) for i in range(2)]
    assert n.dx.tolist() == pytest.approx(dx)
    told = {row[0]: row for row in lab.frame().notes["table"]["rows"]}
    assert set(told) == {"J", "y", "b", "β", "z", "a", "α", "x"}
    assert told["b"][3] == f"{db:.3f}".replace("-", "−")


def test_the_recursion_of_g():
    n = opened("recursion").numbers()
    for i in range(len(n.weights) - 1):
        above = n.weights[i + 1][:, 1:].T @ (n.dpost[i + 1] * n.slope[i + 1])
        assert torch.allclose(n.dpost[i], above, rtol=1e-12)


def test_theta_has_a_column_for_the_bias():
    net = build(PRESETS["theta"])
    assert [tuple(w.shape) for w in net.weights] == [(3, 4), (1, 4)]


@pytest.mark.parametrize("preset", PRESETS)
def test_the_products_along_all_paths_add_up_to_the_gradient(preset):
    n = opened(preset).numbers()
    for i, w in enumerate(n.weights):
        for k in range(w.shape[0]):
            for j in range(w.shape[1]):
                found = paths(n, i, k, j)
                total = sum(path.product for path in found)
                assert total == pytest.approx(n.dweights[i][k, j].item(), rel=1e-9, abs=1e-14)
                upper = math.prod(len(z) for z in n.pre[i + 1 :])
                assert len(found) == upper


@pytest.mark.parametrize("notation", NOTATIONS)
@pytest.mark.parametrize("preset", PRESETS)
def test_every_moment_is_a_frame_and_nothing_is_told_before_its_time(preset, notation):
    lab = opened(preset, notation=notation)
    for at, step in enumerate([None, *lab.order]):
        lab.receive({"panel": "timeline", "kind": "moment", "value": at})
        frame = lab.frame()
        encode(frame)
        known = lab.order[:at]
        for i in range(len(lab.net.layers)):
            for kind, name in (("pre", 0), ("post", 1), ("dpre", 2)):
                told = frame.values[f"units{i + 1}"][:, name]
                assert told.isnan().all() == (Step(kind, i) not in known)
            assert frame.values[f"dW{i + 1}"].isnan().all() == (Step("dweight", i) not in known)
        assert step is None or frame.notes["formula"]["title"]
        assert frame.notes["formula"]["rows"]


def test_names_are_all_different_within_a_layer():
    for notation in NOTATIONS:
        for n in (2, 3):
            seen = [name for i in range(n) for name in (names(notation, i, n).pre,
                    names(notation, i, n).weight, names(notation, i, n).dpost)]  # fmt: skip
            assert len(set(seen)) == len(seen)


def test_a_whole_update_is_gradient_descent_on_the_mean():
    lab = opened("softmax", batch="all", pace="updates", rate=0.3)
    before, mean = lab.net.theta.clone(), torch.zeros_like(lab.net.theta)
    for k in range(4):
        numbers(lab.net, lab.x[:, k], lab.y[:, k], lab.loss)
        mean += lab.net.gradient / 4
    lab.step()
    assert torch.allclose(lab.net.theta, before - 0.3 * mean)
    for _ in range(60):
        lab.step()
    assert lab.mean_loss() < 0.5 * lab.history[0][1]
    assert lab.updates == 61


def test_shape_activation_and_loss_are_free():
    lab = opened("logistic", hidden="3-3", activation="relu", loss="squared", notation="g")
    assert [tuple(w.shape) for w in lab.net.weights] == [(3, 3), (3, 4), (1, 4)]
    assert lab.net.layers[-1].activation == "identity"
    encode(lab.frame())
    lab.receive({"setting": "loss", "value": "log"})
    assert lab.net.layers[-1].activation == "sigmoid"
    with pytest.raises(ValueError, match="more than one output"):
        lab.receive({"setting": "loss", "value": "softmax cross-entropy"})
    with pytest.raises(ValueError, match="from 0 to 1"):
        opened("recursion", loss="log")
    assert opened("recursion", hidden="3-2", activation="tanh").address() == {"preset": "recursion"}


def test_walking_on_takes_the_update_once():
    lab = opened("logistic")
    before = lab.net.theta.clone()
    lab.receive({"kind": "moment", "value": 0})
    for _ in lab.order:
        lab.step()
    assert torch.equal(lab.net.theta, before)
    lab.step()
    assert lab.updates == 1
    assert lab.moment == 1
    assert not torch.equal(lab.net.theta, before)


def test_a_click_chooses_a_weight_and_lights_its_paths():
    lab = opened("recursion")
    edges = lab.frame().notes["diagram"]["edges"]
    assert not any(edge["glow"] for edge in edges)
    lab.receive({"panel": "diagram", "kind": "edge", "unit": 1})
    notes = lab.frame().notes
    assert lab.chosen == (0, 0, 2)
    assert sum(edge["glow"] for edge in notes["diagram"]["edges"]) == 1 + 2 + 2
    assert len(notes["paths"]["rows"]) == 2
    lab.receive({"panel": "diagram", "kind": "click", "unit": 3})
    assert lab.chosen == (0, 1, 0)  # a unit stands for its bias


def test_a_link_opens_the_same_numbers():
    lab = opened("theta", example="3", activation="sigmoid", hidden="4-3")
    lab.update()
    lab.receive({"panel": "W1", "kind": "edit", "index": 2, "value": 0.75})
    lab.receive({"panel": "data", "kind": "slide", "name": "x₁", "value": -0.5})
    lab.receive({"setting": "example", "value": "1"})
    lab.receive({"panel": "data", "kind": "slide", "name": "y*₁", "value": 0.25})
    address = lab.address()
    assert address.keys() == {"preset", "hidden", "w", "xy"}
    other = Backprop()
    assert other.open(address) == {}
    assert torch.equal(other.net.theta, lab.net.theta)
    assert torch.equal(other.data, lab.data)
    assert other.address() == address
    told, mine = other.frame(), lab.frame()
    for name in ("diagram", "formula", "table", "paths", "batch", "data"):
        assert told.notes[name] == mine.notes[name]


def test_a_preset_s_own_parts_need_no_words_and_other_parts_do():
    lab = opened("recursion", activation="sigmoid")
    assert lab.address() == {"preset": "recursion", "activation": "sigmoid"}
    other = Backprop()
    other.open(lab.address())
    assert other.settings == lab.settings


def test_an_older_link_has_the_open_example_alone():
    lab = opened("logistic", example="2")
    before = lab.data.clone()
    lab.receive({"panel": "xy", "kind": "link", "value": "0.5,-1,0.25"})
    assert lab.data[:, 1].tolist() == [0.5, -1, 0.25]
    others = [0, 2, 3]
    assert torch.equal(lab.data[:, others], before[:, others])


HOSTILE = [
    {"kind": "moment", "value": 99}, {"kind": "click", "panel": "x", "unit": 0},
    {"kind": "edge", "panel": "diagram", "unit": 99}, {"kind": "click", "panel": "diagram"},
    {"kind": "edit", "panel": "W9", "index": 0, "value": 1},
    {"kind": "edit", "panel": "W1", "index": 99, "value": 1},
    {"kind": "edit", "panel": "W1", "index": 0, "value": None},
    {"kind": "edit", "panel": ["W1"], "index": 0, "value": 1},
    {"panel": "data", "kind": "slide", "name": "q", "value": 1},
    {"panel": "data", "kind": "slide", "name": "x₁", "value": "1"}, {"panel": "data"},
    {"panel": "w", "kind": "link", "value": "1,2"}, {"panel": "w", "kind": "link", "value": "a"},
    {"panel": "xy", "kind": "link", "value": "nan,0,0"},
]  # fmt: skip


def test_what_a_browser_may_send_is_one_sentence(subtests):
    for event in HOSTILE:
        with subtests.test(ascii(event)[:80]):
            refuses(Backprop(), event)


@pytest.mark.parametrize("preset", ["logistic", "softmax", "relu"])
def test_the_script_gives_the_same_numbers(printed, preset):
    lab = opened(preset)
    n = lab.numbers()
    said = printed(lab.script())
    told = {line.split()[0]: [float(v) for v in line.split()[1:]]
            for line in said.splitlines()}  # fmt: skip
    assert told["loss"] == pytest.approx([n.loss])
    assert told["dL/dx"] == pytest.approx(n.dx.tolist(), abs=1e-9)
    for i, g in enumerate(n.dweights):
        assert told[f"dL/dW{i + 1}"] == pytest.approx(g.flatten().tolist(), abs=1e-9)
    assert len(list(rows(n))) == len(lab.net.theta)


def saturated(example: str, weight: float) -> Backprop:
    lab = opened("logistic", example=example)
    for cell in range(3):
        lab.receive({"panel": "W2", "kind": "edit", "index": cell, "value": weight})
    return lab


@pytest.mark.parametrize(("example", "weight", "loss"), [
    ("1", 40.0, 0.0), ("3", 40.0, 100.0), ("1", -100.0, 100.0), ("3", -100.0, 0.0),
])  # fmt: skip
def test_a_saturated_output_has_numbers_and_the_script_the_same(printed, example, weight, loss):
    lab = saturated(example, weight)
    n = lab.numbers()
    assert n.loss == pytest.approx(loss, abs=1e-9)
    said = printed(lab.script())
    told = {line.split()[0]: [float(v) for v in line.split()[1:]]
            for line in said.splitlines()}  # fmt: skip
    assert told["loss"] == pytest.approx([n.loss])
    mine = {"z": n.dpre, "a": n.dpost, "W": n.dweights}
    for name, found in mine.items():
        for i, g in enumerate(found):
            assert g.isfinite().all()
            assert told[f"dL/d{name}{i + 1}"] == pytest.approx(g.flatten().tolist(), abs=1e-9)
    for at in range(len(lab.order) + 1):
        lab.receive({"kind": "moment", "value": at})
        assert "nan" not in str(lab.frame().notes["formula"])


def test_the_formula_of_a_saturated_output_divides_by_no_zero():
    lab = saturated("1", 40.0)
    lab.receive({"kind": "moment", "value": lab.order.index(Step("dpost", 1)) + 1})
    rows = lab.frame().notes["formula"]["rows"]
    assert rows == [["unit 1", "0 − 1.000 / 1.000", "= −1.000"]]


@pytest.mark.parametrize("batch", ["one", "all"])
def test_the_update_s_row_tells_the_weights_after_it(batch):
    lab = opened("logistic", batch=batch)
    told = lab.frame().notes["formula"]
    assert ("mean of its 4 examples" in told["title"]) == (batch == "all")
    lab.update()
    after = [f"= {v:.3f}" for v in lab.net.weights[0][:, 1].tolist()]
    assert [row[2].replace("−", "-") for row in told["rows"]] == after


def test_the_steps_are_in_order():
    order = steps(2)
    assert order[:2] == [Step("pre", 0), Step("post", 0)]
    assert order[4] == Step("loss", 1)
    assert order[-2:] == [Step("dweight", 0), Step("update", 1)]
