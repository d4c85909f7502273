"""A kernel that is learned, and convolution in one dimension."""

import itertools

import pytest
import torch

from labs.live import encode
from labs.vision.convolution import convolve, kernels
from labs.vision.convolution.fit import CLOSE, Fit, best_momentum, gradient, hessian
from labs.vision.convolution.signal import SIGNALS, TAPS, Signal, banded, counts
from tests.sentences import is_one_sentence


def test_the_gradient_is_autograds(rng):
    x = torch.rand(12, 10, generator=rng, dtype=torch.float64)
    w = torch.randn(3, 3, generator=rng, dtype=torch.float64, requires_grad=True)
    y = torch.rand(10, 8, generator=rng, dtype=torch.float64)
    loss = (convolve(x[None, None], w[None, None])[0, 0] - y).square().mean()
    (want,) = torch.autograd.grad(loss, w)
    got, value = gradient(x, w.detach(), y)
    torch.testing.assert_close(got, want)
    assert value == pytest.approx(loss.item())


def test_the_hessian_is_autograds(rng):
    x = torch.rand(9, 9, generator=rng, dtype=torch.float64)
    y = torch.zeros(8, 8, dtype=torch.float64)

    def loss(w):
        return (convolve(x[None, None], w.view(1, 1, 2, 2))[0, 0] - y).square().mean()

    want = torch.autograd.functional.hessian(loss, torch.zeros(4, dtype=torch.float64))
    torch.testing.assert_close(hessian(x, 2), want)


@pytest.mark.parametrize("name", kernels.NAMES)
def test_every_preset_is_found(name):
    fit = Fit()
    for setting, value in (("target", name), ("best", True)):
        fit.receive({"setting": setting, "value": value})
    while fit.run.distance > CLOSE and fit.steps < 600:
        assert fit.step()
    assert fit.run.distance <= CLOSE


def test_without_momentum_it_crawls():
    fit = Fit()
    fit.receive({"setting": "momentum", "value": 0})
    for _ in range(300):
        fit.step()
    assert fit.run.distance > 5 * CLOSE
    rate, momentum = best_momentum(fit.run.condition)
    assert 1 < rate < 4
    assert 0.8 < momentum < 1


def test_too_large_a_rate_runs_away_in_words():
    fit = Fit()
    fit.receive({"setting": "rate", "value": 4.0})
    fit.receive({"setting": "momentum", "value": 0})
    while fit.step() and fit.steps < 500:
        pass
    assert is_one_sentence(fit.run.fault)
    assert encode(fit.frame(), version=1)
    fit.receive({"setting": "again", "value": True})
    assert not fit.run.fault


def test_the_start_travels_in_the_address():
    lab = Fit()
    for _ in range(3):
        lab.receive({"setting": "fresh", "value": True})
    other = Fit()
    value = lab.frame().notes["address"]["start"]
    other.receive({"panel": "start", "kind": "link", "value": value})
    assert torch.equal(other.run.kernel, lab.run.kernel)
    for wrong in ("100", "-1", "a", None):
        with pytest.raises(ValueError) as fault:
            other.receive({"panel": "start", "kind": "link", "value": wrong})
        assert is_one_sentence(str(fault.value))


def test_the_matrix_is_the_convolution(subtests):
    for taps, padding, flip in itertools.product(TAPS, [0, 1, 2], [False, True]):
        with subtests.test(taps, padding=padding, flip=flip):
            x, w = SIGNALS["noise"], TAPS[taps]
            want = convolve(x[None, None], w[None, None], padding=padding, flip=flip)[0, 0]
            torch.testing.assert_close(banded(w, len(x), padding, flip=flip) @ x, want)


def test_the_lectures_counts():
    for n in (3, 5, 12, 100):
        assert counts(n, 3) == (n * n, 3 * n - 2, 3)


def test_the_lectures_row_slides():
    lab = Signal()
    assert lab.sliding.y.tolist() == [2, 1, 1]
    sums = []
    for _ in range(3):
        frame = lab.frame()
        sums.append(frame.values["sum.product"].sum().item())
        assert encode(frame, version=1)
        assert lab.step()
    assert sums == [2, 1, 1]
    lab.receive({"panel": "x1", "kind": "edit", "index": 4, "value": 2.5})
    assert lab.sliding.y.tolist() == [2, 1, 3.5]
    assert lab.settings["signal"] == "yours"
    lab.receive({"setting": "taps", "value": "delay"})
    lab.receive({"setting": "flip", "value": "convolution"})
    assert lab.sliding.y.tolist() == [1, 0, 2.5]


def test_the_pen_draws_the_signal():
    lab = Signal()
    lab.receive({"setting": "signal", "value": "long"})
    n = len(lab.x)
    event = {"panel": "pen", "kind": "stroke", "points": [[10.2, -1.0], [20, 1.0]]}
    lab.receive(event)
    assert lab.x[10:21].tolist() == pytest.approx([-1 + 0.2 * i for i in range(11)], abs=0.05)
    assert lab.settings["signal"] == "yours"
    x, signal, under = lab.frame().values["pen"]
    assert torch.equal(x, torch.arange(n).float())
    assert torch.equal(signal, lab.x)
    assert under[0].isnan()
    assert under[1] == lab.sliding.y[0]  # below the middle of three taps
    assert lab.frame().notes["away"] == ["x1", "y1"]
    assert encode(lab.frame(), version=1)


@pytest.mark.parametrize(
    "points", [None, [], [[0, 1]] * 501, [[0]], [[-1, 0]], [[0, float("nan")]], [["0", 0]]]
)
def test_a_strange_stroke_is_refused_in_words(points):
    lab = Signal()
    before = lab.x.clone()
    with pytest.raises(ValueError) as fault:
        lab.receive({"panel": "pen", "kind": "stroke", "points": points})
    assert is_one_sentence(str(fault.value))
    assert torch.equal(lab.x, before)


def test_taps_that_do_not_fit_are_explained():
    lab = Signal()
    lab.receive({"setting": "taps", "value": "wide"})
    frame = lab.frame()
    assert is_one_sentence(frame.notes["titles"]["pen"])
    assert frame.notes["away"] == ["y1"]
    assert not lab.step()
    assert encode(frame, version=1)
    lab.receive({"setting": "padding", "value": 1})
    assert len(lab.sliding.y) == 1
    assert "y1" not in lab.frame().notes["away"]


def test_numbers_of_ones_own_travel_in_the_address():
    lab = Signal()
    lab.receive({"panel": "x1", "kind": "edit", "index": 2, "value": -0.25})
    lab.receive({"panel": "w1", "kind": "edit", "index": 0, "value": 3})
    other = Signal()
    assert other.open(lab.address()) == {}
    assert torch.equal(other.sliding.y, lab.sliding.y)
    for text in ("", "x", "1_" * 60, "1e9", None):
        with pytest.raises(ValueError) as fault:
            other.receive({"panel": "w1", "kind": "link", "value": text})
        assert is_one_sentence(str(fault.value))


def test_a_cell_that_is_not_there_is_refused_in_words(subtests):
    for event in ({"panel": "x1", "index": 99}, {"panel": "w1", "index": 0, "value": "x"}):
        with subtests.test(**event), pytest.raises(ValueError) as fault:
            Signal().receive(event | {"kind": "edit"})
        assert is_one_sentence(str(fault.value))
