"""Kernels edited and units switched off: only the visitor's copy changes."""

import pytest

from labs import zoo
from labs.vision.digit import Digit


@pytest.mark.parametrize("tile", [0, 5])
def test_an_edit_goes_to_the_kernel_that_was_clicked(lab, tile):
    lab.receive({"kind": "click", "panel": "kernels1", "unit": tile, "row": 0, "col": 0})
    lab.receive({"kind": "edit", "panel": "kernel", "index": 13, "value": 2.5})
    assert lab.weights.tensors["conv1.weight"][tile, 0, 2, 3] == 2.5
    assert lab.frame().values["kernel"][2, 3] == 2.5
    assert "edited" in lab.frame().notes["titles"]["kernel"]


def test_an_edit_of_conv2_by_input_channel(lab):
    lab.receive({"kind": "click", "panel": "kernels2", "unit": 6 * 7 + 4, "row": 0, "col": 0})
    lab.receive({"kind": "edit", "index": 0, "value": -1})
    assert lab.weights.tensors["conv2.weight"][7, 4, 0, 0] == -1


def test_edits_and_switches_change_the_prediction_and_reset_brings_it_back(lab):
    before = lab.frame().values["softmax"]
    for index in range(25):
        lab.receive({"kind": "edit", "index": index, "value": -10 if index % 2 else 10})
    lab.receive({"kind": "click", "panel": "conv2", "unit": 2, "row": 0, "col": 0})
    lab.receive({"setting": "switch"})
    frame = lab.frame()
    assert frame.notes["off"]["conv2"] == [2]
    assert not frame.values["softmax"].equal(before)
    lab.receive({"setting": "reset", "value": True})
    assert lab.frame().values["softmax"].equal(before)


def test_everybodys_network_is_never_touched(lab):
    model = zoo.load("lenet-mnist")
    before = {name: w.clone() for name, w in model.state_dict().items()}
    other = Digit()
    for layer in ("conv1", "conv2", "fc1", "fc2"):
        lab.receive({"kind": "click", "panel": layer, "unit": 0, "row": 0, "col": 1})
        lab.receive({"setting": "switch"})
        lab.receive({"kind": "edit", "index": 3, "value": 9})
        lab.frame()
    assert lab.weights.changed
    for name, w in model.state_dict().items():
        assert w.equal(before[name]), name
    assert not other.weights.changed
    assert other.frame().values["softmax"].argmax() == 8
