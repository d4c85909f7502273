"""What the presets promise, what the page says of them, and what is taken away."""

import itertools
import math

import pytest
import torch
from safetensors.torch import load
from torch.func import hessian

from labs.basics.playground import Playground
from labs.basics.playground.curvature import EVERY, Sharpness, sharpest
from labs.basics.playground.diagnosis import dead, overfits, sentences
from labs.basics.playground.export import points_csv, weights
from labs.basics.playground.presets import PRESETS
from labs.basics.playground.task import CHOICES, Task
from labs.basics.playground.template import LOSSES as NAMED
from labs.basics.playground.template import MODULES, PEERS
from labs.data.csv_points import read
from labs.models.dense import ACTIVATIONS, LOSSES, OPTIMIZERS, Dense, Layer, initialise
from tests.basics.playground.conftest import preset, train
from tests.models.dense.oracle import loss_of, output
from tests.sentences import is_one_sentence


def news(lab) -> str:
    return " ".join(item["text"] for item in lab.frame().notes["words"]["story"][1:])


def test_a_linear_net_cannot_do_xor():
    lab = train(preset("linear"), 100)
    assert lab.run.history[-1].train_score < 0.75
    lab.receive({"panel": "network", "kind": "feature", "key": "x1x2"})
    train(lab, 120)
    assert lab.run.history[-1].test_score > 0.9


def test_zeros_are_told_apart_from_learning():
    lab = train(preset("zeros"), 20)
    assert "same weights" in news(lab)
    assert lab.run.net.weights[0].abs().max() == 0


def test_overfitting_is_seen_and_dropout_lessens_it():
    lab = train(preset("overfit"), 300)
    now = lab.run.history[-1]
    assert len(lab.run.train.y) == 40
    assert now.train_score == 1.0
    assert now.test > 1.6 * lab.run.least
    assert "Overfitting" in news(lab)
    lab.receive({"setting": "dropout", "value": 0.3})
    lab.receive({"setting": "again"})
    train(lab, 300)
    assert lab.run.history[-1].test < 0.7 * now.test


def test_a_little_l2_keeps_five_classes_from_growing_too_sure():
    soft, sure = train(preset("classes"), 300).run, train(preset("classes", l2=0.0), 300).run
    assert soft.history[-1].test < 1.2 * soft.least
    assert sure.history[-1].test > 1.4 * sure.least


def test_adam_is_faster_and_then_learns_the_noise():
    plain, adam = train(preset("race"), 600).run, train(preset("race", optimizer="Adam"), 600).run
    assert adam.history[-1].train < 0.25 * plain.history[-1].train
    assert adam.history[-1].test > 1.3 * adam.least
    assert plain.history[-1].test < 1.15 * plain.least


def test_a_bigger_net_takes_fewer_epochs():
    def epochs(lab: Playground) -> int:
        while lab.run.history[-1].train > 0.05:
            lab.step()
        return lab.run.epoch

    assert epochs(preset("bigger", layers="8,8")) < 0.5 * epochs(preset("bigger"))


def test_too_hot_names_step_and_layer():
    lab = preset("hot")
    lab.frame()
    limit = 2 / lab.curvature.now()
    assert 3 < lab.settings["learning_rate"] / limit < 5
    train(lab, 60)
    assert lab.run.fault is not None
    assert lab.run.net.theta.isfinite().all()
    losses = [m.train for m in lab.run.history[10:34]]
    growth = [math.log10(b / a) for a, b in itertools.pairwise(losses)]
    assert growth == pytest.approx([growth[0]] * len(growth), rel=0.05)  # a straight line
    assert growth[0] > 0.5
    said = news(lab)
    assert "ran away at step" in said
    assert "largest stable learning rate" in said
    assert not lab.step()


def test_a_lost_runs_weights_are_not_kept():
    lab = train(preset("hot"), 60)
    assert lab.run.fault is not None
    assert "none" in lab.frame().notes["titles"]["score"]
    lab.receive({"panel": "network", "kind": "add_unit", "layer": 0})
    assert lab.run.fault is None
    assert lab.run.history[-1].train < 1


def test_no_stability_limit_is_claimed_for_other_optimizers():
    lab = train(preset("hot", optimizer="Adam", learning_rate=0.01), 2)
    assert "stable" not in news(lab)


def test_no_stability_limit_is_claimed_where_training_computes_something_else():
    for settings in ({"norm": "on"}, {"dropout": 0.2}):
        assert "stable" not in news(train(preset("circle", **settings), 2))
    assert "stable" in news(train(preset("circle"), 2))


@pytest.mark.parametrize(("curvature", "side"), [(10.0, "inside"), (100.0, "beyond")])
def test_the_rate_that_is_named_is_the_scheduled_one(curvature, side):
    lab = train(preset("circle", learning_rate=0.1, schedule="cosine", total=10), 5)
    assert f"now, 0.05, is {side}" in sentences(lab.run, [], [], curvature)[-1]


def test_of_a_lost_run_the_rate_is_that_of_the_lost_epoch():
    lab = train(preset("hot", schedule="warm-up", total=5000), 500)
    assert lab.run.fault is not None
    rate = 4.0 * lab.run.epoch / 500  # it warms up for five hundred epochs
    assert rate < 4
    assert f"this one, {rate:.2g}, is {rate / 0.5:.0f} times" in sentences(lab.run, [], [], 4.0)[0]


def test_what_is_set_after_a_run_was_lost_is_not_blamed_for_it():
    lab = train(preset("hot"), 60)
    said = news(lab)
    lab.receive({"setting": "learning_rate", "value": 0.01})
    assert news(lab) == said
    lab.receive({"setting": "optimizer", "value": "Adam"})
    assert news(lab) == said
    lab.receive({"panel": "network", "kind": "freeze", "layer": 0, "unit": 0, "source": 1})
    assert said.split(";")[0] in news(lab)
    lab = train(preset("hot", optimizer="Nesterov"), 60)
    assert lab.run.fault is not None
    lab.receive({"setting": "optimizer", "value": "SGD"})
    assert "stable" not in news(lab)


@pytest.mark.parametrize(
    ("dead", "says", "not_that"),
    [
        ([(0, 1)], "cannot wake it.", "inputs"),
        ([(0, 1), (0, 2)], "cannot wake them.", "inputs"),
        ([(1, 0)], "it can wake if the layers below move its inputs.", "cannot"),
        ([(1, 0), (2, 1)], "they can wake if the layers below move their", "cannot"),
        ([(0, 1), (1, 0)], "cannot wake one of layer 1, and one above it can", "them"),
    ],
)
def test_only_of_layer_1_a_dead_relu_is_said_to_stay_so(lab, dead, says, not_that):
    said = sentences(lab.run, dead, [], None)[0]
    assert is_one_sentence(said)
    assert says in said
    assert not_that not in said


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"l2": 0.01}, "only the penalty can still wake it"),
        ({"optimizer": "momentum"}, "only the optimizer's momentum can still wake it"),
        ({"optimizer": "Adam", "l1": 0.01}, "only the optimizer's momentum and the penalty can"),
    ],
)
def test_what_moves_weights_without_a_gradient_may_wake_a_dead_relu(settings, says):
    said = sentences(preset("circle", **settings).run, [(0, 1)], [], None)[0]
    assert is_one_sentence(said)
    assert says in said


@pytest.mark.parametrize(("l2", "left"), [(0.0, True), (0.1, False)])
def test_the_penalty_wakes_a_dead_relu_of_layer_1(l2, left):
    lab = preset(
        "circle", data="gaussians", noise=0.0, features="x1x2", layers="4", activation="relu", l2=l2
    )
    lab.run.net.weights[0][0] = torch.tensor([0.02, -1.0])  # all points have x1 x2 > 0.02
    lab.run.look()
    assert (0, 0) in dead(lab.run)
    train(lab, 1000)
    assert ((0, 0) in dead(lab.run)) == left


def test_a_dead_relu_of_layer_2_wakes_and_none_of_layer_1():
    lab, woken, before = preset("dying"), set(), set()
    for _ in range(200):
        lab.step()
        now = set(dead(lab.run))
        woken |= {layer for layer, _ in before - now}
        before = now
    assert woken == {1}


def test_dying_relus_are_counted():
    lab = train(preset("dying"), 60)
    frame = lab.frame()
    found = frame.notes["network"]["dead"]
    assert found
    assert f"{len(found)} ReLU" in news(lab)
    for layer, unit in found:
        h = lab.run.net.forward(lab.run.train.x).h[layer][unit]
        assert (h == 0).all()


def test_the_spiral_comes_apart():
    lab = preset("spiral")
    for _ in range(400):
        lab.step()
        if lab.run.history[-1].test < 0.05:
            break
    assert lab.run.history[-1].test < 0.05


def test_chosen_features_do_xor_without_a_hidden_layer():
    lab = train(preset("chosen"), 60)
    assert lab.run.history[-1].test_score > 0.9


def test_five_classes():
    lab = train(preset("classes"), 60)
    frame = lab.frame()
    assert frame.maps["plane"].shape[0] == 5
    torch.testing.assert_close(frame.maps["plane"].sum(0), torch.ones(100, 100))
    assert frame.values["confusion"].diagonal().mean() > 0.9


def test_the_sharpest_curvature_is_the_hessians(rng):
    net = initialise(Dense(2, [Layer(3), Layer(1)], dtype=torch.float64), "Xavier", rng)
    x = torch.randn(2, 20, generator=rng, dtype=torch.float64)
    y = torch.randn(1, 20, generator=rng, dtype=torch.float64)
    value, _ = sharpest(net, x, y, LOSSES["squared"], rounds=300)
    theta = net.theta.clone()
    h = hessian(lambda t: loss_of("squared", output(net, t, x), y))(theta)
    want = torch.linalg.eigvalsh(h)
    assert value == pytest.approx(want[want.abs().argmax()].item(), rel=1e-4)
    assert net.theta.equal(theta)


def test_the_curvature_is_followed_while_it_trains(monkeypatch):
    lab, now = preset("circle"), [0.0]
    monkeypatch.setattr("labs.basics.playground.curvature.time.monotonic", lambda: now[0])
    followed = Sharpness(lab.run)
    for _ in range(12):
        train(lab, 25)
        now[0] += EVERY
        said = followed.now()
    x, t, loss = lab.run.train.x, lab.run.train.t, lab.run.setup.task.loss
    want, _ = sharpest(lab.run.net, x, t, loss, rounds=300)
    assert said == pytest.approx(want, rel=0.1)
    train(lab, 25)
    now[0] += EVERY / 2
    assert followed.now() == said


def test_at_rest_the_curvature_is_that_of_the_weights_that_are_there():
    lab = preset("hot")
    lab.frame()
    before = lab.curvature.value
    lab.receive({"panel": "network", "kind": "weight", "layer": 0, "unit": 0, "source": 1,
                 "value": 3.0})  # fmt: skip
    lab.frame()  # within a second
    assert lab.settle()
    x, t, loss = lab.run.train.x, lab.run.train.t, lab.run.setup.task.loss
    assert lab.curvature.now() == sharpest(lab.curvature.net, x, t, loss)[0] != before
    assert not lab.settle()


def test_of_a_lost_run_the_limit_is_that_of_its_initial_weights():
    lab = preset("hot")
    x, t, loss = lab.run.train.x, lab.run.train.t, lab.run.setup.task.loss
    want, _ = sharpest(lab.run.net, x, t, loss)
    lab.frame()
    train(lab, 5)
    lab.frame()  # an estimate on the way does not count
    train(lab, 60)
    assert lab.run.fault is not None
    assert lab.curvature.now() == pytest.approx(want)
    assert f"about {2 / want:.2g}" in news(lab)


def test_two_small_losses_are_no_overfitting():
    lab = train(preset("linear"), 2)
    lab.receive({"panel": "network", "kind": "feature", "key": "x1x2"})
    for _ in range(300):
        lab.step()
        now = lab.run.history[-1]
        assert now.test > 0.02 or not overfits(lab.run)
    assert now.test < 0.005


def test_beyond_the_limit_gradient_descent_diverges(rng):
    """On a linear net the loss is a parabola, and the limit is exact."""
    net = Dense(2, [Layer(1, "identity")], dtype=torch.float64)
    x = torch.randn(2, 30, generator=rng, dtype=torch.float64)
    y = torch.randn(1, 30, generator=rng, dtype=torch.float64)
    value, _ = sharpest(net, x, y, LOSSES["squared"], rounds=300)
    for share, diverges in ((0.98, False), (1.02, True)):
        net.theta.fill_(1.0)
        for _ in range(2000):
            p = net.forward(x)
            net.backward(p, LOSSES["squared"].slope(p.output, y))
            net.theta -= share * 2 / value * net.gradient
        assert bool(net.theta.abs().max() > 1e3) is diverges


RUNS = {
    "plain": ("circle", {}),
    "regular": ("classes", {"l1": 0.002, "l2": 0.01, "dropout": 0.2, "max_norm": 1.5}),
    "normed": ("spiral", {"norm": "on", "schedule": "cosine"}),
    "regression": ("hot", {"batch": 10, "learning_rate": 0.02, "optimizer": "AdamW"}),
    "batch of one": ("circle", {"norm": "on", "batch": 17}),
    "hinge": ("linear", {"loss": "hinge", "optimizer": "Nesterov", "kind": "random"}),
}


def visited(name: str) -> Playground:
    """Return a run that was touched in many ways."""
    situation, settings = RUNS[name]
    lab = train(preset(situation, **settings), 20)
    lab.receive({"setting": "learning_rate", "value": 0.007})
    lab.receive({"panel": "network", "kind": "weight", "layer": 0, "unit": 0, "source": 1,
                 "value": 0.5})  # fmt: skip
    lab.receive({"panel": "network", "kind": "freeze", "layer": 0, "unit": 0, "source": 1})
    train(lab, 6)
    lab.receive({"setting": "optimizer", "value": "momentum"})
    train(lab, 5)
    for _ in range(3):
        lab.receive({"setting": "batch_step"})
    lab.run.look()
    return lab


def test_one_batch_of_the_run_has_a_single_point():
    run = visited("batch of one").run
    assert run.batches()[-1][0].shape[1] == 1


@pytest.mark.parametrize("name", RUNS)
def test_the_script_prints_the_losses_of_the_page(name, printed):
    lab = visited(name)
    said = [float(line.split()[-1]) for line in printed(lab.script()).splitlines()]
    now = lab.run.history[-1]
    assert said == pytest.approx([now.train, now.test], abs=1e-5)


def test_weights_and_points_are_taken_away(lab):
    train(lab, 2)
    tensors = load(weights(lab.run.net))
    assert tensors["0.weight"].equal(lab.run.net.weights[0][:, 1:])
    assert tensors["2.bias"].equal(lab.run.net.weights[1][:, 0])
    table = read(points_csv(lab.cloud))
    torch.testing.assert_close(table.points.x, lab.cloud.x, atol=1e-5, rtol=1e-5)
    assert table.points.y.equal(lab.cloud.y)


def test_the_script_knows_whatever_the_page_offers():
    assert set(PEERS) == set(OPTIMIZERS)
    assert set(MODULES) == set(ACTIVATIONS)
    tasks = [Task(choice, classes) for choice in CHOICES for classes in (0, 2, 5)]
    assert {task.loss.name for task in tasks} == set(NAMED)


def test_a_situation_is_described_only_while_its_points_are_there(subtests):
    def title(lab):
        return lab.frame().notes["words"]["story"][0]["title"]

    add = {"panel": "plane", "kind": "add", "x": 0.1, "y": 0.2, "label": 1}
    for event in ({"setting": "data", "value": "xor"}, add):
        with subtests.test(event):
            lab = preset("spiral")
            assert title(lab) == PRESETS["spiral"].title
            lab.receive(event)
            assert title(lab) == "Your own situation"
            lab.receive({"setting": "preset", "value": "linear"})
            assert title(lab) == PRESETS["linear"].title
