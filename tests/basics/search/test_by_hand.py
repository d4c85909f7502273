"""The process under the hand: what is measured, believed and chosen next."""

import pytest
import torch

from labs.basics.search.by_hand import ByHand
from labs.basics.search.functions import FUNCTIONS, forrester


def hand(lab, kind, **more):
    lab.receive({"panel": "process", "kind": kind, **more})
    lab.rest()
    return lab.frame()


def test_the_mean_goes_through_what_was_measured():
    lab = ByHand()
    lab.receive({"setting": "noise", "value": 1e-6})
    frame = hand(lab, "add", x=0.7, y=0.0)
    x, _, mean = frame.values["process"]
    for at, y in lab.points:
        assert mean[(x - at).abs().argmin()].item() == pytest.approx(y, abs=0.02)
    assert lab.points[-1][1] == pytest.approx(forrester(torch.tensor(0.7)).item(), abs=1e-4)


def test_the_next_place_is_the_one_that_is_worth_most():
    lab = ByHand()
    for acquisition in ("ei", "ucb", "thompson"):
        lab.receive({"setting": "acquisition", "value": acquisition})
        belief = lab.belief()
        assert belief.worth.max() == belief.worth[(belief.x - belief.next).abs().argmin()]
    lab.receive({"setting": "measure_next"})
    assert lab.points[-1][0] == pytest.approx(belief.next)


def test_expected_improvement_finds_the_valley():
    lab = ByHand()
    for _ in range(6):
        lab.receive({"setting": "measure_next"})
    lowest = forrester(torch.linspace(0, 1, 1001)).min().item()
    assert min(y for _, y in lab.points) < lowest + 0.02


def test_the_likeliest_length_is_likelier():
    lab = ByHand()
    before = lab.belief().likelihood
    lab.receive({"setting": "likeliest"})
    assert lab.belief().likelihood > before


def test_a_net_is_trained_at_a_click():
    function = FUNCTIONS["net"]
    good, bad = function.measure(-1.4, 0), function.measure(-3.0, 0)
    assert good < bad - 0.3
    assert function.measure(-1.4, 1) != good  # other weights


def test_a_point_is_dragged_and_forgotten():
    lab = ByHand()
    lab.receive({"setting": "function", "value": "free"})
    hand(lab, "add", x=0.25, y=1.5)
    hand(lab, "move", index=0, x=0.5, y=-1.0)
    assert lab.points == [(0.5, -1.0)]
    hand(lab, "remove", index=0)
    assert lab.points == []


def test_the_script_is_scikit_learns(printed):
    lab = ByHand()
    lines = printed(lab.script()).replace("\n", " ").split("std")
    mean = [float(v) for v in lines[0].strip(" mean[]").split()]
    torch.testing.assert_close(torch.tensor(mean).double(), lab.belief().mean[::20],
                               atol=2e-4, rtol=0)  # fmt: skip
