"""Channels: banks of kernels and their halves, held to torch's groups."""

import pytest
import torch
import torch.nn.functional as F

from labs.live import encode
from labs.vision.convolution.channels import Channels
from labs.vision.convolution.channels.controls import WAY
from labs.vision.convolution.channels.experiment import SIDE
from labs.vision.convolution.channels.volume import costs, depthwise, pointwise
from labs.vision.convolution.channels.weights import COLOURS
from tests.sentences import is_one_sentence


def put(lab: Channels, **changes) -> Channels:
    for name, value in changes.items():
        lab.receive({"setting": name, "value": value})
    return lab


@pytest.mark.parametrize(("stride", "padding", "size"), [(1, 0, 3), (2, 1, 3), (3, 2, 5)])
def test_depthwise_is_torchs_grouped_convolution(rng, stride, padding, size):
    x = torch.randn(2, 5, 17, 14, generator=rng)
    w = torch.randn(5, size, size, generator=rng)
    want = F.conv2d(x, w[:, None], stride=stride, padding=padding, groups=5)
    got = depthwise(x, w, stride=stride, padding=padding)
    torch.testing.assert_close(got, want, atol=1e-5, rtol=1e-5)


def test_pointwise_is_torchs_one_by_one(rng):
    x, mix = torch.randn(1, 3, 9, 8, generator=rng), torch.randn(4, 3, generator=rng)
    want = F.conv2d(x, mix[:, :, None, None])
    torch.testing.assert_close(pointwise(x, mix), want, atol=1e-5, rtol=1e-5)


def test_costs_are_those_of_torchs_layers():
    got = costs(3, 8, 5, 100)
    layers = {
        "bank": [torch.nn.Conv2d(3, 8, 5, bias=False)],
        "depthwise": [torch.nn.Conv2d(3, 3, 5, groups=3, bias=False)],
        "pointwise": [torch.nn.Conv2d(3, 8, 1, bias=False)],
    }
    layers["separable"] = layers["depthwise"] + layers["pointwise"]
    for way, modules in layers.items():
        want = sum(layer.weight.numel() for layer in modules)
        assert (got[way].parameters, got[way].products) == (want, 100 * want)


@pytest.mark.parametrize("way", WAY.keys)
@pytest.mark.parametrize(
    ("size", "stride", "padding"), [(3, 1, 0), (4, 2, 1), (7, 3, 3), (1, 1, 2)]
)
def test_every_way_shows_its_own_arithmetic(way, size, stride, padding):
    lab = put(Channels(), way=way, size=size, stride=stride, padding=padding, maps=5)
    y = lab.layer.y[0]
    count, height, width = y.shape
    for unit, row, col in ((0, 0, 0), (count - 1, height - 1, 7), (1, 5, width - 1)):
        lab.receive({"panel": "stack", "kind": "click", "unit": unit, "row": row, "col": col})
        frame = lab.frame()
        assert frame.values["arithmetic.product"].sum().item() == pytest.approx(
            y[unit, row, col].item(), abs=2e-4
        )
        assert y.shape == (lab.layer.count, lab.layer.side, lab.layer.side)
        assert encode(frame, version=1)


def test_an_edit_changes_its_own_map_only():
    lab = Channels()
    before = lab.layer.y[0]
    lab.receive({"panel": "bank", "kind": "click", "unit": 7, "row": 0, "col": 0})
    lab.receive({"panel": "green", "kind": "edit", "index": 4, "value": 2.5})
    after = lab.layer.y[0]
    assert [k for k in range(4) if not torch.equal(before[k], after[k])] == [2]
    assert lab.frame().notes["labels"]["stack"][2] == "your own"
    lab.receive({"setting": "again", "value": True})
    assert torch.equal(lab.layer.y[0], before)


def test_the_channels_add_up():
    """A bank whose slices are one kernel is that kernel on the sum of the channels."""
    lab = put(Channels(), maps=1)
    for colour in COLOURS:
        for index, value in enumerate((1, 0, -1, 2, 0.5, -2, 1, 0, -1)):
            lab.receive({"panel": colour, "kind": "edit", "index": index, "value": value})
    kernel = torch.tensor([1, 0, -1, 2, 0.5, -2, 1, 0, -1]).view(1, 1, 3, 3)
    want = F.conv2d(lab.layer.x.sum(1, keepdim=True), kernel)
    torch.testing.assert_close(lab.layer.y, want, atol=1e-5, rtol=1e-5)


def test_a_row_of_the_table_takes_its_way():
    lab = Channels()
    lab.receive({"panel": "cost", "kind": "click", "unit": 3})
    assert lab.settings["way"] == "separable"
    frame = lab.frame()
    assert frame.notes["cost"]["on"] == 3
    assert frame.notes["address"]["way"] == "separable"
    lab.receive({"panel": "mix", "kind": "edit", "index": 0, "value": 4})
    assert lab.weights.mix[0, 0] == 4
    assert lab.layer.x.shape == (1, 3, SIDE, SIDE)


def test_numbers_of_ones_own_travel_in_the_address():
    lab = put(Channels(), size=2, maps=8)
    assert not lab.to_link()["kernels"]
    lab.receive({"panel": "stack", "kind": "click", "unit": 7, "row": 0, "col": 0})
    lab.receive({"panel": "blue", "kind": "edit", "index": 3, "value": -1.2345})
    put(lab, way="separable")
    lab.receive({"panel": "red", "kind": "edit", "index": 0, "value": 0.5})
    lab.receive({"panel": "mix", "kind": "edit", "index": 5, "value": 7})
    address = lab.frame().notes["address"]
    other = put(Channels(), size=2, maps=8, way="separable")
    other.receive({"panel": "kernels", "kind": "link", "value": address["kernels"]})
    for way in WAY.keys:
        put(lab, way=way), put(other, way=way)
        torch.testing.assert_close(other.layer.y, lab.layer.y, rtol=1e-3, atol=1e-3)
    assert other.weights.edited == {"7", "within", "mix"}


@pytest.mark.parametrize(
    "text", ["", "7", "0_1_2", "8_" + "_".join("1" * 27), "mix_" + "_".join("1" * 23), None,
             "0_" + "_".join(["nan"] * 27), "~".join(["0_1"] * 99)],
)  # fmt: skip
def test_a_wrong_link_changes_nothing(text):
    lab = Channels()
    before = lab.layer.y
    if text in ("", "7", None):
        lab.receive({"panel": "kernels", "kind": "link", "value": text})
    else:
        with pytest.raises(ValueError) as fault:
            lab.receive({"panel": "kernels", "kind": "link", "value": text})
        assert is_one_sentence(str(fault.value))
    assert torch.equal(lab.layer.y, before)
    assert not lab.weights.edited


def test_another_size_keeps_what_was_dragged_and_makes_the_rest_anew():
    lab = Channels()
    before = lab.weights.bank.clone()
    lab.receive({"panel": "green", "kind": "edit", "index": 4, "value": 2.5})
    put(lab, size=1)
    put(lab, size=3)
    assert torch.equal(lab.weights.bank[1:], before[1:])
    assert lab.weights.bank[0, 1, 1, 1] == 2.5
    assert lab.weights.bank[0].count_nonzero() <= 3  # its rim was cut away


@pytest.mark.parametrize(
    "event",
    [{"panel": "red", "kind": "edit", "index": 99, "value": 1},
     {"panel": "red", "kind": "edit", "index": 0, "value": float("nan")},
     {"panel": "mix", "kind": "edit", "index": 24, "value": 0},
     {"panel": "stack", "kind": "click", "unit": -1}],
)  # fmt: skip
def test_nonsense_is_refused_in_words(event):
    with pytest.raises(ValueError) as fault:
        Channels().receive(event)
    assert is_one_sentence(str(fault.value))
