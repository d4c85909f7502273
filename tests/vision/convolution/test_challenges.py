"""What comes near to a challenge of the convolution lab, and does not meet it."""

import pytest
import torch

from labs.live.lab import Lab
from labs.vision.convolution.channels import Channels
from labs.vision.convolution.fit import Fit
from labs.vision.convolution.plane import Filter
from labs.vision.convolution.signal import Signal


def put(lab, **changes):
    for name, value in changes.items():
        lab.receive({"setting": name, "value": value})
    return lab


def drag(lab, panel, values):
    for index, value in enumerate(values):
        lab.receive({"panel": panel, "kind": "edit", "index": index, "value": value})
    return lab


def met(lab: Lab, steps: int = 0) -> set[str]:
    for _ in range(steps):
        lab.step()
    lab.rest()
    lab.frame()
    return lab.met


def test_taps_are_spelled_in_their_order_only_with_the_flip():
    lab = put(Signal(), signal="impulse", taps="delay")
    assert "echo" not in met(drag(lab, "w1", (1, 2, -0.5)))  # cross-correlation: backwards
    assert "echo" not in met(put(Signal(), signal="impulse", taps="binomial", flip="convolution"))


def test_a_signal_is_calmed_with_its_level_kept():
    lab = put(Signal(), signal="noise", taps="mean")
    assert "calm" not in met(drag(lab, "w1", (0.01, 0.01, 0.01)))  # quiet, but its level is lost
    assert "calm" not in met(put(Signal(), taps="delay"))  # an output of which the end is cut off


def test_a_kernel_is_blind_to_grey():
    lab = put(Channels(), size=1)
    for colour, value in zip(("red", "green", "blue"), (1.5, -1.0, -0.5), strict=True):
        drag(lab, colour, [value])
    assert met(lab) == {"blind"}
    grey = torch.rand(1, 1, 9, 9).expand(1, 3, 9, 9)
    y = lab.weights.apply("bank", grey, 1, {"stride": 1, "padding": 0})
    assert y.abs().max() < 1e-6


def test_a_wide_kernel_is_made_cheap_without_going_blind():
    lab = put(Channels(), maps=8, size=1, way="separable")
    assert not met(lab)
    assert not met(put(lab, way="pointwise", size=5))


def test_a_large_kernel_is_found_fast_by_polyak_alone():
    for settings in ({"momentum": 0.9}, {}):
        assert "fast" not in met(put(Fit(), taps=5, **settings), 600)


@pytest.mark.parametrize("rate", [1.5, 2.1])
def test_the_edge_of_stability_is_held(rate):
    assert "edge" not in met(put(Fit(), momentum=0, rate=rate), 100)


def test_a_kernel_of_the_list_is_not_one_s_own():
    for preset in ("sobel_x", "edge2", "log", "gabor"):
        for size in (3, 5):
            for turn in ({}, {"turn": True}, {"preset": "yours"}):
                lab = put(Filter(), preset=preset, size=size)
                assert not met(put(lab, **turn)) & {"flat", "same"}
        kernel = lab.kernel.flatten().tolist()
        assert not met(drag(lab, "kernel", [0.99 * v for v in kernel])) & {"flat", "same"}
