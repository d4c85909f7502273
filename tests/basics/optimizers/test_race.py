"""The race against torch.optim, the surfaces against their formulas, the limits against runs."""

import re

import pytest
import torch

from labs.basics.optimizers import Optimizers
from labs.basics.optimizers.curvature import curvatures, limit
from labs.basics.optimizers.experiment import surface_of
from labs.basics.optimizers.export import rows
from labs.basics.optimizers.race import NAMES, Race, make
from labs.basics.optimizers.slices import NETS, filter_normalised
from labs.basics.optimizers.surfaces import SURFACES, TERMS, field
from labs.basics.optimizers.tables import explanation
from labs.live import encode
from labs.models.dense import Dense, Layer
from tests.sentences import is_one_sentence, refuses

SETTINGS = {"mu": 0.9, "nesterov_mu": 0.8, "rho": 0.97, "beta1": 0.85, "beta2": 0.995}
ALL = (*SURFACES, *NETS)


def theirs(name: str, p: list, lr: float) -> torch.optim.Optimizer:
    s = SETTINGS
    return {
        "SGD": lambda: torch.optim.SGD(p, lr=lr),
        "momentum": lambda: torch.optim.SGD(p, lr=lr, momentum=s["mu"]),
        "Nesterov": lambda: torch.optim.SGD(p, lr=lr, momentum=s["nesterov_mu"], nesterov=True),
        "RMSProp": lambda: torch.optim.RMSprop(p, lr=lr, alpha=s["rho"]),
        "Adagrad": lambda: torch.optim.Adagrad(p, lr=lr),
        "Adam": lambda: torch.optim.Adam(p, lr=lr, betas=(s["beta1"], s["beta2"])),
    }[name]()


@pytest.mark.parametrize("name", SURFACES)
def test_a_trail_is_drawn_inside_the_picture_only(name):
    lab = Optimizers()
    lab.receive({"setting": "surface", "value": name})
    lab.catch_up()
    low, high = (torch.tensor(end) for end in (lab.surface.low, lab.surface.high))
    for runner in lab.race.runners:
        trail, path = lab.trails()[runner.name], torch.tensor(runner.path, dtype=torch.float64)
        shown = trail[:, 0].isfinite()
        inside = ((path >= low) & (path <= high)).all(1)[: len(trail)]
        assert shown.equal(inside)
        assert trail[shown, :2].equal(path[: len(trail)][inside])


@pytest.mark.parametrize("name", ALL)
def test_two_hundred_steps_equal_torch_optim(name):
    surface = surface_of(name)
    race = Race(surface, surface.start, SETTINGS)
    steps = 200
    for _ in range(steps):
        race.step(surface.rates, TERMS)
    for runner in race.runners:
        assert runner.lost is None
        p = torch.tensor(surface.start, dtype=torch.float64, requires_grad=True)
        optimizer = theirs(runner.name, [p], surface.rates[runner.name])
        for _ in range(steps):
            p.grad = surface.gradient(p[None], TERMS, torch.Generator())[0]
            optimizer.step()
        assert torch.allclose(runner.theta, p.detach(), rtol=0, atol=1e-6), runner.name


@pytest.mark.parametrize("name", ALL)
def test_gradients_are_those_of_the_value(name):
    surface = surface_of(name)
    generator = torch.Generator().manual_seed(3)
    low, high = torch.tensor(surface.low), torch.tensor(surface.high)
    points = low + (high - low) * torch.rand(6, 2, dtype=torch.float64, generator=generator)
    found = surface.gradient(points, TERMS, generator)
    h = 1e-6
    for axis in range(2):
        move = torch.zeros(2, dtype=torch.float64)
        move[axis] = h
        slope = (surface.value(points + move) - surface.value(points - move)) / (2 * h)
        assert torch.allclose(found[:, axis], slope, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("name", SURFACES)
def test_the_minima_are_minima(name):
    surface = SURFACES[name]
    for place in surface.minima:
        point = torch.tensor(place, dtype=torch.float64)
        assert surface.gradient(point[None], TERMS, torch.Generator()).norm() < 1e-3
        assert curvatures(surface, point)[0] > 0
    assert field(surface).shape == (surface.grid, surface.grid)


@pytest.mark.parametrize("name", ALL)
def test_a_batch_is_right_on_average_and_noisy(name):
    surface = surface_of(name)
    point = torch.tensor([surface.start], dtype=torch.float64)
    generator = torch.Generator().manual_seed(0)
    draws = torch.stack([surface.gradient(point, 4, generator) for _ in range(400)])
    exact = surface.gradient(point, TERMS, generator)
    spread = draws.std(0)
    assert (spread > 0).all()
    assert ((draws.mean(0) - exact).abs() < 5 * spread / 20 + 1e-9).all()


def test_the_keys_that_an_optimizer_needs_and_names_are_the_lab_s():
    settings = Optimizers().settings
    named = re.findall('"(.+?)"', make.__doc__)
    assert set(named) == {"mu", "nesterov_mu", "rho", "beta1", "beta2"} <= settings.keys()
    for name in NAMES:
        make(name, {key: settings[key] for key in named})
    with pytest.raises(KeyError, match="nesterov_mu"):
        make("Nesterov", {"mu": 0.9})


@pytest.mark.parametrize("name", ["SGD", "momentum", "Nesterov"])
@pytest.mark.parametrize("surface", ["bowl", "ravine"])
@pytest.mark.parametrize("mu", [0.0, 0.5, 0.9])
def test_crossing_the_limit_does_what_it_says(name, surface, mu):
    surface = SURFACES[surface]
    _, high = curvatures(surface, torch.zeros(2, dtype=torch.float64))
    stable = limit(name, high, mu)
    settings = SETTINGS | {"mu": mu, "nesterov_mu": mu}
    for share, falls in ((0.97, True), (1.03, False)):
        race = Race(surface, (0.5, 0.5), settings)
        for _ in range(400):
            race.step(dict.fromkeys(NAMES, share * stable), TERMS)
        runner = race.runners[NAMES.index(name)]
        if falls:
            assert runner.lost is None
            assert runner.losses[-1] < runner.losses[0]
        else:
            assert runner.lost is not None or runner.losses[-1] > 10 * runner.losses[0]


def test_the_limit_of_the_ravine():
    low, high = curvatures(SURFACES["ravine"], torch.tensor([0.3, -0.2], dtype=torch.float64))
    assert (low, high) == pytest.approx((1, 25), rel=1e-6)
    assert limit("SGD", high) == pytest.approx(0.08)
    assert limit("Adam", high) is None
    assert limit("SGD", -1.0) is None


def told(surface: str, name: str, place: tuple[float, float], rate: float) -> str:
    surface = SURFACES[surface]
    race = Race(surface, place, SETTINGS)
    rates = dict.fromkeys(NAMES, rate)
    return explanation(race, race.runners[NAMES.index(name)], rates, SETTINGS)["sum"]


def test_a_saddle_has_a_limit_along_one_axis_only():
    said = told("saddle", "SGD", (0.0, 0.0), 0.1)
    assert "no rate is stable there" in said
    assert "Largest stable rate along the other: 2 / λ = 2.000" in said
    assert "On that axis" in said
    assert "no rate is stable there" in told("saddle", "Adam", (0.0, 0.0), 0.1)


def test_the_steepest_axis_is_told_where_it_curves_up():
    assert "steepest" not in told("plateau", "SGD", (-2.7, 2.0), 0.5)
    said = told("ravine", "SGD", (0.0, 0.0), 0.07)
    assert "On the steepest axis a step multiplies the distance by 1 − ηλ = −0.75" in said


@pytest.mark.parametrize("name", NAMES)
def test_no_curvature_sets_no_limit(name):
    assert "flat" in told("plateau", name, (60.0, 60.0), 10.0)
    assert "flat" not in told("plateau", name, (0.0, 0.0), 10.0)


def test_directions_have_filters_as_long_as_the_net_s():
    net = Dense(2, [Layer(5), Layer(1, "identity")], dtype=torch.float64)
    generator = torch.Generator().manual_seed(0)
    net.theta.copy_(torch.randn(len(net.theta), dtype=torch.float64, generator=generator))
    direction = filter_normalised(net, generator)
    other = Dense(2, net.layers, dtype=torch.float64)
    other.theta.copy_(direction)
    for w, d in zip(net.weights, other.weights, strict=True):
        assert torch.allclose(w[:, 1:].norm(dim=1), d[:, 1:].norm(dim=1))
        assert not d[:, 0].any()  # biases stay


def test_the_nets_are_trained_and_the_slice_begins_there():
    for name in NETS:
        s = surface_of(name)
        middle = s.value(torch.zeros(1, 2, dtype=torch.float64))
        assert middle < 0.1
        edges = s.value(torch.tensor([s.low, s.high], dtype=torch.float64))
        assert (edges > middle).all()


@pytest.mark.parametrize("name", ALL)
def test_every_surface_is_a_frame(name):
    lab = Optimizers()
    lab.receive({"setting": "surface", "value": name})
    frame = lab.frame()
    encode(frame)
    assert frame.values["surface.field"].isfinite().all()
    assert "surface.field" not in lab.frame().values  # the browser has it
    lab.receive({"panel": "surface", "kind": "hello"})
    assert "surface.field" in lab.frame().values
    assert lab.step()
    assert lab.steps == lab.goal == lab.race.steps
    lab.receive({"panel": "surface", "kind": "start", "x": 0.1, "y": 0.2})
    lab.catch_up()
    assert lab.race.runners[0].path[0] == (0.1, 0.2)
    assert lab.race.steps == lab.goal


def test_a_diverged_ball_is_told_and_the_others_run_on():
    lab = Optimizers()
    lab.receive({"setting": "sgd", "value": 1.0})
    lab.receive({"kind": "click", "panel": "standings", "unit": 0})
    lab.catch_up()
    notes = lab.frame().notes
    assert lab.race.runners[0].lost is not None
    assert "ran away at step" in notes["explanation"]["text"]
    assert lab.race.runners[5].lost is None
    encode(lab.frame())


def test_a_link_gives_the_same_race():
    lab = Optimizers()
    for event in (
        {"setting": "surface", "value": "himmelblau"}, {"setting": "adam", "value": 0.3},
        {"panel": "surface", "kind": "start", "x": 1.0, "y": -2.0},
        {"panel": "surface", "kind": "toggle", "unit": 2}, {"setting": "batch", "value": 7},
    ):  # fmt: skip
        lab.receive(event)
    other = Optimizers()
    assert other.open({name: str(value) for name, value in lab.address().items()}) == {}
    assert lab.settle()
    assert other.settle()
    assert torch.equal(lab.race.trails(), other.race.trails())
    assert lab.off == other.off == {"Nesterov"}


def test_another_surface_takes_its_own_rates_out_of_the_address():
    lab = Optimizers()
    lab.frame()
    lab.receive({"setting": "sgd", "value": 3})
    assert lab.frame().notes["address"]["sgd"] == 3
    lab.receive({"setting": "surface", "value": "bowl"})
    assert lab.frame().notes["address"] == {"surface": "bowl", "sgd": ""}


HOSTILE = [
    {}, {"kind": "click", "unit": 6}, {"kind": "click", "unit": "1"}, {"setting": "surface"},
    {"panel": "surface", "kind": "start", "x": 99, "y": 0}, {"setting": "sgd", "value": 0},
    {"panel": "surface", "kind": "start", "x": None, "y": 0}, {"setting": "mu", "value": 1},
    {"panel": "surface", "kind": "toggle", "unit": -1}, {"setting": "batch", "value": 65},
    {"panel": "race", "kind": "link", "value": "1"}, {"setting": ["sgd"], "value": 1},
    {"panel": "race", "kind": "link", "value": "0,0,9999,"}, {"setting": "no", "value": 1},
    {"panel": "race", "kind": "link", "value": "nan,0,1,"}, {"setting": "beta2", "value": True},
    {"panel": "race", "kind": "link", "value": "0,0,1,9"}, {"setting": "adam", "value": "x"},
]  # fmt: skip


def test_what_a_browser_may_send_is_one_sentence(subtests):
    for event in HOSTILE:
        with subtests.test(ascii(event)[:80]):
            refuses(Optimizers(), event)


@pytest.mark.parametrize(("name", "batch"), [("ravine", 64), ("beale", 9)])
def test_the_script_gives_the_same_places(printed, name, batch):
    lab = Optimizers()
    lab.receive({"setting": "surface", "value": name})
    lab.receive({"setting": "batch", "value": batch})
    lab.catch_up()
    said = printed(lab.script())
    for runner, line in zip(lab.race.runners, said.splitlines(), strict=True):
        kind, x, y = line.split()
        assert kind == runner.name
        assert [float(x), float(y)] == pytest.approx(runner.theta.tolist(), rel=1e-6, abs=1e-8)
    assert len(list(rows(lab.race))) == 6 * (lab.race.steps + 1)


def test_a_ball_that_ran_away_says_when_and_why(subtests):
    for surface in ("ravine", "rosenbrock"):
        with subtests.test(surface):
            lab = Optimizers()
            lab.receive({"setting": "surface", "value": surface})
            lab.receive({"setting": "sgd", "value": 3.0})
            lab.receive({"panel": "standings", "kind": "click", "unit": 0})
            while lab.race.runners[0].lost is None:
                assert lab.step()
            say = lab.frame().notes["say"]
            assert f"SGD ran away at step {lab.race.runners[0].lost}" in say
            assert "times the largest stable rate" in say
            assert is_one_sentence(say)
