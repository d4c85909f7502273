"""Every challenge of signal, channels and descent can be met, and is not met at first."""

import pytest
import torch

from labs.vision.convolution.channels import Channels
from labs.vision.convolution.fit import Fit
from labs.vision.convolution.signal import Signal


def put(lab, **changes):
    for name, value in changes.items():
        lab.receive({"setting": name, "value": value})
    return lab


def drag(lab, panel, values):
    for index, value in enumerate(values):
        lab.receive({"panel": panel, "kind": "edit", "index": index, "value": value})
    return lab


def test_the_ends_of_a_block_are_found():
    lab = Signal()
    lab.frame()
    assert not lab.met
    put(lab, signal="step").frame()
    assert not lab.met
    put(lab, taps="difference").frame()
    assert lab.met == {"ends"}


def test_taps_are_spelled_in_their_order_only_with_the_flip():
    lab = put(Signal(), signal="impulse", taps="delay")
    drag(lab, "w1", (1, 2, -0.5)).frame()
    assert "echo" not in lab.met  # cross-correlation spells them backwards
    put(lab, flip="convolution").frame()
    assert "echo" in lab.met
    other = put(Signal(), signal="impulse", taps="binomial", flip="convolution")
    other.frame()
    assert "echo" not in other.met  # the same backwards


def test_a_signal_is_calmed_with_its_level_kept():
    lab = put(Signal(), signal="noise", taps="mean")
    drag(lab, "w1", (0.01, 0.01, 0.01)).frame()
    assert "calm" not in lab.met  # quiet, but its level is lost
    put(lab, taps="wide").frame()
    assert "calm" in lab.met


def test_a_kernel_is_blind_to_grey():
    lab = put(Channels(), size=1)
    lab.frame()
    assert not lab.met
    for colour, value in zip(("red", "green", "blue"), (1.5, -1.0, -0.5), strict=True):
        drag(lab, colour, [value])
    lab.frame()
    assert lab.met == {"blind"}
    grey = torch.rand(1, 1, 9, 9).expand(1, 3, 9, 9)
    y = lab.weights.apply("bank", grey, 1, {"stride": 1, "padding": 0})
    assert y.abs().max() < 1e-6


def test_a_wide_kernel_is_made_cheap():
    lab = put(Channels(), maps=8, size=1, way="separable")
    lab.frame()
    assert not lab.met
    put(lab, way="pointwise", size=5).frame()
    assert not lab.met
    put(lab, way="separable").frame()
    assert lab.met == {"cheap"}


def test_eight_maps_of_fewer_numbers():
    lab = put(Channels(), maps=8)
    lab.frame()
    assert not lab.met
    put(lab, stride=2).frame()
    assert lab.met == {"fewer"}


def test_a_large_kernel_is_found_fast_by_polyak_alone():
    for settings in ({"momentum": 0.9}, {}):
        lab = put(Fit(), taps=5, **settings)
        for _ in range(600):
            lab.step()
        lab.frame()
        assert "fast" not in lab.met
    put(lab, again=True, best=True)
    while lab.run.found is None and lab.step():
        pass
    lab.frame()
    assert "fast" in lab.met


def test_a_small_loss_hides_a_wrong_kernel():
    lab = put(Fit(), momentum=0, again=True)
    while lab.steps < 500:
        lab.step()
    lab.frame()
    assert lab.met == {"flat"}


@pytest.mark.parametrize(("rate", "held"), [(1.95, True), (1.5, False), (2.1, False)])
def test_the_edge_of_stability_is_held(rate, held):
    lab = put(Fit(), momentum=0, rate=rate)
    lab.frame()
    assert not lab.met
    for _ in range(100):
        lab.step()
    lab.frame()
    assert ("edge" in lab.met) is held
