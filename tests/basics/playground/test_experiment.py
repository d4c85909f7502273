"""The playground as the live channel drives it."""

import contextlib
import itertools
import math
import random

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from labs.basics.playground import Playground
from labs.basics.playground.cloud import split
from labs.basics.playground.presets import PRESETS
from labs.data.plane import Points
from labs.live import encode
from labs.live.controls import Choice, Knob
from labs.live.lab import UNDO
from tests.basics.playground.conftest import preset, train
from tests.sentences import is_one_sentence


def test_it_opens_with_points_and_a_net(lab):
    frame = lab.frame()
    assert frame.maps["units"].shape == (7, 50, 50)
    assert frame.maps["plane"].shape == (1, 100, 100)
    assert frame.values["points"].shape == (4, 240)
    assert len(encode(frame)) < 200_000


def test_it_learns_the_circle(lab):
    train(lab, 600)
    assert lab.run.history[-1].test_score > 0.9
    assert lab.run.history[-1].test < 0.1 < lab.run.history[0].test


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_trains_and_gives_a_frame_that_travels(name):
    lab = train(preset(name), 3)
    frame = lab.frame()
    encode(frame)
    assert all(is_one_sentence(item["text"]) for item in frame.notes["words"]["story"][1:])


def test_every_option_and_both_ends_of_every_knob_train_and_give_a_frame(subtests):
    for control in Playground.controls:
        lab, values = Playground(), ()
        if isinstance(control, Knob):
            values = (control.low, control.high)
        elif isinstance(control, Choice):
            values = control.keys
        with subtests.test(control.name):
            for value in values:
                lab.receive({"setting": control.name, "value": value})
                lab.step()
                encode(lab.frame())


def test_a_units_map_is_the_unit(lab):
    train(lab, 5)
    lab.receive({"panel": "network", "kind": "hover", "layer": 0, "unit": 2})
    shown = lab.frame().maps["plane"][0]
    w = lab.run.net.weights[0][2]
    x1, x2 = -1 + 2 * (30 + 0.5) / 100, 1 - 2 * (70 + 0.5) / 100
    want = math.tanh(w[0] + w[1] * x1 + w[2] * x2)
    assert shown[70, 30].item() == pytest.approx(want, abs=1e-5)
    lab.receive({"panel": "network", "kind": "leave"})
    assert not lab.frame().maps["plane"][0].equal(shown)


def test_the_learning_rate_changes_without_a_reset(lab):
    train(lab, 4)
    theta = lab.run.net.theta.clone()
    for name, value in (("learning_rate", 0.3), ("l2", 0.01), ("batch", 3), ("optimizer", "Adam")):
        lab.receive({"setting": name, "value": value})
    assert lab.run.net.theta.equal(theta)
    assert lab.steps == 4
    lab.step()
    assert lab.steps == 5


@pytest.mark.parametrize("epochs", [0, 3])
def test_an_optimizer_that_is_chosen_takes_the_next_step(lab, epochs):
    train(lab, epochs)
    lab.receive({"setting": "optimizer", "value": "Adam"})
    theta, rate = lab.run.net.theta.clone(), lab.settings["learning_rate"]
    lab.receive({"setting": "batch_step"})
    moved = (lab.run.net.theta - theta).abs()
    assert moved.mean() == pytest.approx(rate, rel=0.05)  # Adam's first step is the rate


def test_a_new_shape_keeps_the_weights_that_fit(lab):
    train(lab, 4)
    old = [w.clone() for w in lab.run.net.weights]
    lab.receive({"panel": "network", "kind": "add_unit", "layer": 0})
    assert lab.settings["layers"] == "5,2"
    assert lab.run.net.weights[0][:4].equal(old[0])
    assert lab.run.net.weights[1][:, :5].equal(old[1])
    lab.receive({"panel": "network", "kind": "remove_unit", "layer": 0})
    assert lab.run.net.weights[0].equal(old[0])
    for kind, layers in (("add_layer", "4,4,2"), ("remove_layer", "4,2")):
        lab.receive({"panel": "network", "kind": kind, "layer": 1})
        assert lab.settings["layers"] == layers
        encode(lab.frame())


def test_one_activation_a_layer(lab):
    lab.receive({"panel": "network", "kind": "activation", "layer": 1, "value": "relu"})
    assert lab.settings["activation"] == "tanh,relu"
    assert [layer.activation for layer in lab.run.net.layers] == ["tanh", "relu", "tanh"]


def test_an_edge_is_set_frozen_and_cut(lab):
    edge = {"panel": "network", "layer": 1, "unit": 1, "source": 2}
    lab.receive(edge | {"kind": "weight", "value": 1.25})
    assert lab.run.net.weights[1][1, 2] == 1.25
    lab.receive(edge | {"kind": "freeze"})
    train(lab, 3)
    assert lab.run.net.weights[1][1, 2] == 1.25
    lab.receive(edge | {"kind": "freeze"})
    train(lab, 1)
    assert lab.run.net.weights[1][1, 2] != 1.25
    lab.receive(edge | {"kind": "cut"})
    train(lab, 1)
    assert lab.run.net.weights[1][1, 2] == 0
    assert lab.frame().notes["network"]["frozen"]


def test_points_are_added_moved_and_removed(lab):
    lab.receive({"panel": "plane", "kind": "add", "x": 0.5, "y": -0.25, "label": 1})
    assert len(lab.cloud) == 241
    assert lab.run.train.x.shape[1] == 121
    lab.receive({"panel": "plane", "kind": "move", "index": 240, "x": 0.1, "y": 0.2})
    assert lab.cloud.x[:, 240].tolist() == pytest.approx([0.1, 0.2])
    lab.receive({"panel": "plane", "kind": "remove", "index": 240})
    assert len(lab.cloud) == 240
    lab.step()


def test_the_set_that_own_points_replace_is_pale(lab):
    assert lab.frame().notes["idle"] == [UNDO.name]  # there is nothing to undo yet
    lab.receive({"panel": "plane", "kind": "add", "x": 0.5, "y": -0.25, "label": 1})
    assert lab.cloud.own
    assert "data" in lab.frame().notes["idle"]
    lab.receive({"setting": "data", "value": "xor"})
    assert lab.frame().notes["idle"] == []


def test_few_own_points_live_in_the_link(lab):
    lab.receive({"panel": "plane", "kind": "clear"})
    for k in range(6):
        lab.receive({"panel": "plane", "kind": "add", "x": k / 10, "y": -k / 7, "label": k % 2})
    text = lab.address()["points"]
    other = Playground()
    other.receive({"panel": "points", "kind": "link", "value": text})
    torch.testing.assert_close(other.cloud.x, lab.cloud.x, atol=0.006, rtol=0)
    assert other.cloud.y.equal(lab.cloud.y)
    assert other.address()["points"] == text


def test_the_same_weights_and_batches_again(lab):
    train(lab, 5)
    losses = [m.train for m in lab.run.history]
    lab.receive({"setting": "keep"})
    train(lab, 5)
    assert [m.train for m in lab.run.history] == losses
    assert [m.train for m in lab.kept.history] == losses
    curves = lab.frame().values["loss"]
    assert curves[1].equal(curves[3])


def test_a_sweep_trains_sixteen_and_one_is_adopted(lab):
    lab.receive({"setting": "sweep_rate"})
    train(lab, 3)
    frame = lab.frame()
    assert len(frame.notes["labels"]["sweep"]) == 16
    theta = lab.sweep.net.theta[9].clone()
    rate = float(lab.sweep.rates[9])
    lab.receive({"panel": "sweep", "kind": "click", "unit": 9})
    assert lab.run.net.theta.equal(theta)
    assert lab.settings["learning_rate"] == rate
    assert lab.steps == 3


@pytest.mark.parametrize("what", ["sweep_rate", "sweep_seed"])
def test_the_adopted_net_is_the_one_on_the_tile(what):
    lab = preset("circle", norm="on", **{what: True})
    train(lab, 20)
    loss = lab.sweep.losses()[5].item()
    lab.receive({"panel": "sweep", "kind": "click", "unit": 5})
    assert lab.run.history[-1].test == pytest.approx(loss)


@pytest.mark.parametrize("what", ["sweep_rate", "sweep_seed", None])
def test_a_cut_edge_stays_cut_in_a_sweep_and_after_it(lab, what):
    lab.frame()  # with the sixteen that a sweep would start
    lab.receive({"panel": "network", "kind": "cut", "layer": 1, "unit": 1, "source": 2})
    if what:
        lab.receive({"setting": what})
        train(lab, 3)
    tiles = lab.tiles().net
    assert (tiles.weights[1][:, 1, 2] == 0).all()
    lab.receive({"panel": "sweep", "kind": "click", "unit": 4})
    assert lab.run.net.free is not tiles.free  # what is cut later is not cut on the tiles
    assert lab.frame().notes["network"]["frozen"]
    train(lab, 3)
    assert lab.run.net.weights[1][1, 2] == 0
    assert lab.run.net.weights[1][1, 1] != 0


def test_an_edge_that_is_cut_during_a_sweep_is_not_frozen_on_the_tiles(lab):
    lab.receive({"panel": "network", "kind": "freeze", "layer": 0, "unit": 0, "source": 1})
    lab.receive({"setting": "sweep_seed"})
    before = lab.sweep.net.weights[1][:, 1, 2].clone()
    lab.receive({"panel": "network", "kind": "cut", "layer": 1, "unit": 1, "source": 2})
    train(lab, 3)
    assert (lab.sweep.net.weights[1][:, 1, 2] != before).all()


def test_256_nets_are_shown_row_by_row_and_a_cell_is_begun_with(lab, monkeypatch):
    monkeypatch.setattr("labs.basics.playground.grid.EPOCHS", 3)
    assert lab.frame().values["grid"].isnan().all()
    assert not lab.slow
    epoch = lab.steps
    lab.receive({"setting": "grid"})
    lab.grid.calls.trouble = "Nobody is here."  # a row is then made here at a step
    assert lab.eager  # what was asked for begins without another button
    assert lab.slow
    assert lab.alike is None
    while lab.step():
        assert not lab.eager  # a pause is a pause
    assert lab.steps == epoch  # of the one net
    frame = lab.frame()
    assert frame.values["grid"].shape == (16, 16)
    assert not frame.values["grid"].isnan().any()
    assert frame.notes["titles"]["grid"] == "after 3 epochs"
    points = lab.run.train.x
    expected = lab.grid.losses[4, 8].item()
    lab.receive({"panel": "grid", "kind": "click", "row": 4, "col": 8})
    assert lab.grid is None
    assert lab.run.train.x.equal(points)
    for _ in range(3):
        lab.step()
    assert lab.run.history[-1].test == pytest.approx(expected, rel=1e-4)
    lab.run.net.free = torch.zeros_like(lab.run.net.theta, dtype=torch.bool)
    with pytest.raises(ValueError, match="frozen"):
        lab.receive({"setting": "grid"})


def test_a_sweep_of_seeds_is_sixteen_runs(lab):
    lab.receive({"setting": "sweep_seed"})
    train(lab, 2)
    k = 4
    alone = Playground()
    alone.receive({"setting": "optimizer", "value": "SGD"})
    alone.run.net.theta.copy_(lab.run.setup.net(2).theta)
    seeded = lab.sweep.seeds[k]
    from dataclasses import replace

    first = replace(lab.run.setup, seed=seeded).net(2).theta
    alone.run.net.theta.copy_(first)
    train(alone, 2)
    torch.testing.assert_close(lab.sweep.net.theta[k], alone.run.net.theta)


def test_stop_conditions(lab):
    lab.receive({"setting": "stop", "value": "loss05"})
    lab.receive({"setting": "learning_rate", "value": 0.1})
    steps = 0
    while lab.step():
        steps += 1
        assert steps < 3000
    assert lab.run.history[-1].train < 0.05 <= lab.run.history[-2].train


def test_one_batch_at_a_time_is_the_same_epoch(lab):
    other = Playground()
    train(other, 1)
    for k in range(12):
        assert lab.steps == 0, k
        lab.receive({"setting": "batch_step", "value": True})
    assert lab.steps == 1
    assert lab.run.net.theta.equal(other.run.net.theta)


JUNK = (None, True, -1, 2.5, "", "junk" * 99, "\ud800", [], {}, math.nan, math.inf, 10**400)
EVENTS = {
    "layer": lambda v: {"panel": "network", "kind": "hover", "layer": v, "unit": 0},
    "unit": lambda v: {"panel": "network", "kind": "select", "layer": 0, "unit": v},
    "source": lambda v: {"panel": "network", "kind": "edge", "layer": 0, "unit": 0, "source": v},
    "weight": lambda v: {"panel": "network", "kind": "weight", "layer": 0, "unit": 0, "source": 1,
                         "value": v},
    "feature": lambda v: {"panel": "network", "kind": "feature", "key": v},
    "activation": lambda v: {"panel": "network", "kind": "activation", "layer": 0, "value": v},
    "x": lambda v: {"panel": "plane", "kind": "add", "x": v, "y": 0, "label": 0},
    "label": lambda v: {"panel": "plane", "kind": "add", "x": 0, "y": 0, "label": v},
    "index": lambda v: {"panel": "plane", "kind": "move", "index": v, "x": 0, "y": 0},
    "tile": lambda v: {"panel": "sweep", "kind": "click", "unit": v},
    "link": lambda v: {"panel": "points", "kind": "link", "value": v},
}  # fmt: skip


def test_points_of_one_class_cannot_be_cleared_and_stay_whole(lab):
    lab.put(split(Points(torch.rand(2, 6), torch.zeros(6, dtype=torch.long), 2), 1.0, 1))
    with pytest.raises(ValueError, match="Two training points"):
        lab.receive({"panel": "plane", "kind": "clear"})
    assert len(lab.cloud) == len(lab.cloud.y) == len(lab.cloud.train) == 6
    lab.receive({"panel": "plane", "kind": "add", "x": 0, "y": 0, "label": 1})
    assert len(lab.cloud.train) == 7


def test_another_share_divides_the_visitors_own_points(lab):
    lab.receive({"panel": "plane", "kind": "add", "x": 0.2, "y": 0.2, "label": 1})
    points, before = lab.cloud.x.clone(), int(lab.cloud.train.sum())
    lab.receive({"setting": "share", "value": 0.8})
    assert lab.cloud.x.equal(points)
    assert lab.cloud.own
    assert before < int(lab.cloud.train.sum()) == round(0.8 * len(lab.cloud))
    lab.receive({"setting": "noise", "value": 0.4})
    assert lab.cloud.x.equal(points)
    lab.receive({"setting": "data", "value": "xor"})
    assert not lab.cloud.own


@pytest.fixture(scope="module")
def shared() -> Playground:
    return Playground()


def test_a_hostile_event_is_taken_or_refused_in_a_sentence(shared, subtests):
    for what, value in itertools.product(EVENTS, JUNK):
        with subtests.test(what, value=ascii(value)[:40]):
            try:
                shared.receive(EVENTS[what](value))
            except ValueError as fault:
                assert is_one_sentence(str(fault)), fault
            else:
                shared.receive({"setting": "visible", "value": None})
                encode(shared.frame())


def test_after_all_hostile_events_it_trains_on(shared):
    for make, value in itertools.product(EVENTS.values(), JUNK):
        with contextlib.suppress(ValueError):
            shared.receive(make(value))
    shared.receive({"setting": "visible", "value": None})
    shared.step()
    encode(shared.frame())


@given(st.text(max_size=80))
def test_any_link_of_points_is_taken_or_refused(text):
    lab = Playground()
    try:
        lab.receive({"panel": "points", "kind": "link", "value": text})
    except ValueError as fault:
        assert is_one_sentence(str(fault))


def test_the_address_follows_a_situation_and_a_shape(lab):
    lab.frame()
    lab.receive({"setting": "preset", "value": "spiral"})
    address = lab.frame().notes["address"]
    assert address["data"] == "spiral"
    assert address["layers"] == "8,8,8"
    assert address["preset"] == "spiral"
    assert "address" not in lab.frame().notes
    lab.receive({"panel": "network", "kind": "remove_layer", "layer": 0})
    assert lab.frame().notes["address"]["layers"] == "8,8"
    lab.receive({"setting": "preset", "value": "circle"})
    assert lab.frame().notes["address"]["layers"] == ""
    for _ in range(2):
        lab.receive({"panel": "network", "kind": "remove_layer", "layer": 0})
    assert lab.frame().notes["address"]["layers"] == "none"  # and not "", which is taken out of it


HAND = (
    {"panel": "network", "kind": "add_unit", "layer": 0},
    {"panel": "network", "kind": "remove_unit", "layer": 0},
    {"panel": "network", "kind": "add_layer", "layer": 1},
    {"panel": "network", "kind": "remove_layer", "layer": 0},
    {"panel": "network", "kind": "activation", "layer": 0, "value": "relu"},
    {"panel": "network", "kind": "feature", "key": "sin1"},
    {"panel": "plane", "kind": "clear"},
    {"panel": "plane", "kind": "add", "x": 0.25, "y": -0.5, "label": 1},
    {"panel": "plane", "kind": "move", "index": 0, "x": -0.75, "y": 0.5},
    {"setting": "share", "value": 0.8},
    {"setting": "noise", "value": 0.4},
)


def test_an_address_opens_the_net_and_the_points_that_a_hand_made():
    for seed in range(10):
        lab, dice = Playground(), random.Random(seed)
        for event in dice.choices(HAND, k=12):
            with contextlib.suppress(ValueError):
                lab.receive(event)
        other = Playground()
        assert other.open({k: str(v) for k, v in lab.address().items()}) == {}
        assert other.settings == lab.settings
        assert other.run.net.theta.equal(lab.run.net.theta)
        if lab.cloud.own and len(lab.cloud) < 64:
            torch.testing.assert_close(other.cloud.x, lab.cloud.x, atol=0.006, rtol=0)
            assert other.cloud.train.equal(lab.cloud.train)


def test_frozen_and_cut_weights_travel_by_link(lab):
    edge = {"panel": "network", "layer": 1, "unit": 1}
    lab.receive({"panel": "network", "kind": "add_unit", "layer": 1})
    lab.receive(edge | {"source": 2, "kind": "weight", "value": 1.2345678901234567})
    lab.receive(edge | {"source": 2, "kind": "freeze"})
    lab.receive(edge | {"source": 4, "kind": "cut"})
    other = Playground()
    assert other.open({k: str(v) for k, v in lab.address().items()}) == {}
    assert other.run.net.theta.equal(lab.run.net.theta)
    for one in (lab, other):
        train(one, 3)
        assert one.run.net.weights[1][1, [2, 4]].tolist() == [1.2345678901234567, 0]
    assert other.run.net.theta.equal(lab.run.net.theta)
    for text in ("", "3", "3:x", "99:0", "-1:0", "3:nan", "3:1e9", "3:1:2", "1:1," * 80):
        with pytest.raises(ValueError, match="damaged"):
            lab.receive({"panel": "frozen", "kind": "link", "value": text})
        assert lab.address() == other.address()


def test_the_hidden_space_begins_anew_with_a_preset():
    lab = preset("chosen")  # it has no two hidden units
    lab.receive({"setting": "preset", "value": "circle"})
    assert [lab.settings[f"hidden_{axis}"] for axis in ("layer", "x", "y")] == [1, 1, 2]


def test_a_preset_in_an_address_is_a_story_and_no_setting(lab):
    assert lab.open({"preset": "spiral", "layers": "8,8"}) == {}
    assert lab.settings["preset"] == "spiral"
    assert (lab.settings["layers"], lab.settings["noise"]) == ("8,8", 0.1)
    lab.open({"layers": ""})  # as links were written for a net without a hidden layer
    assert len(lab.run.net.layers) == 1


def test_a_preset_that_trains_on_meets_no_challenge(subtests):
    for name in PRESETS:
        with subtests.test(name):
            lab = preset(name)
            for _ in range(8):
                train(lab, 50)
                assert lab.frame().notes["met"] == []


def test_undo_brings_a_trained_net_back(lab):
    for _ in range(30):
        lab.step()
    before, losses = lab.run.net.theta.clone(), lab.run.history[-1]
    lab.rest()
    lab.receive({"panel": "network", "kind": "remove_layer", "layer": 0})
    lab.rest()
    for _ in range(5):
        lab.step()
    assert lab.run.net.theta.shape != before.shape
    lab.receive({"setting": UNDO.name, "value": True})
    assert lab.run.net.theta.equal(before)
    assert lab.run.history[-1].train == pytest.approx(losses.train)
    lab.rest()
    lab.receive({"panel": "network", "kind": "weight", "layer": 0, "unit": 0, "source": 1,
                 "value": 9.0})  # fmt: skip
    lab.rest()
    lab.step()
    lab.receive({"setting": UNDO.name, "value": True})
    assert lab.run.net.theta.equal(before)
