"""Edits and switches: the visitor's own, never everybody's."""

import pytest
import torch

from labs import zoo
from labs.vision.digit.passes import forward
from labs.vision.digit.weights import LARGEST, SWITCHES, Edited
from tests.vision.digit.conftest import random_picture


@pytest.fixture
def weights() -> Edited:
    return Edited(zoo.load("lenet-mnist").state_dict())


def test_an_edit_changes_one_number_of_a_copy(weights):
    before = {k: v.clone() for k, v in zoo.load("lenet-mnist").state_dict().items()}
    assert not weights.changed
    weights.edit("conv2", 3, 4, 7, 1.25)
    assert weights.changed
    assert weights.kernel("conv2", 3, 4)[1, 2] == 1.25
    differing = (weights.tensors["conv2.weight"] != before["conv2.weight"]).nonzero()
    assert differing.tolist() == [[3, 4, 1, 2]]
    for name, shared in zoo.load("lenet-mnist").state_dict().items():
        assert shared.equal(before[name])
        if name != "conv2.weight":  # the others are still everybody's
            assert weights.tensors[name].data_ptr() == shared.data_ptr()


@pytest.mark.parametrize(("value", "kept"), [(1e30, LARGEST), (-1e30, -LARGEST), (0.5, 0.5)])
def test_an_edit_is_bounded(weights, value, kept):
    weights.edit("conv1", 0, 0, 0, value)
    assert weights.kernel("conv1", 0, 0)[0, 0] == kept


def test_reset_takes_everything_back(weights):
    original = dict(weights.tensors)
    weights.edit("conv1", 0, 0, 0, 3.0)
    weights.switch("fc2", 83)
    before = weights.changes
    weights.reset()
    assert weights.changes > before
    assert not weights.changed
    assert weights.masks == {}
    assert not any(weights.off.values())
    assert all(weights.tensors[name] is w for name, w in original.items())


@pytest.mark.parametrize(("layer", "shape"), SWITCHES.items())
def test_a_switch_silences_one_unit_and_back(weights, layer, shape):
    seen = random_picture(1)
    whole = getattr(forward(seen, weights.tensors), layer)
    unit = int(whole.flatten(1).sum(1).argmax() if whole.dim() > 1 else whole.argmax())
    weights.switch(layer, unit)
    assert weights.masks[layer].shape == shape
    got = getattr(forward(seen, weights.tensors, weights.masks), layer)
    assert got[unit].abs().max() == 0
    rest = torch.arange(len(got)) != unit
    assert got[rest].equal(whole[rest])
    weights.switch(layer, unit)
    assert weights.masks == {}
    assert weights.off[layer] == set()
