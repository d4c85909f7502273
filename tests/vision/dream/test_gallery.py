"""Every neuron of a layer: tiles appear, are kept, and one of them is looked at closely."""

import pytest
import torch

from labs.vision.dream import Neurons
from labs.vision.dream.gallery import BATCH, COLUMNS
from labs.vision.dream.nets import layers, nets, network, widest, width
from tests.sentences import is_one_sentence


@pytest.fixture
def lab(tmp_path, monkeypatch) -> Neurons:
    monkeypatch.setenv("GLASSBOX_CACHE", str(tmp_path))
    monkeypatch.setattr("labs.vision.dream.neurons.STEPS", 2)
    monkeypatch.setattr("labs.vision.dream.gallery.STEPS", 2)
    neurons = Neurons("photo-net")
    neurons.receive({"setting": "layer", "value": "stem"})
    return neurons


def test_a_net_knows_its_layers():
    assert nets()[0] == "photo-net"
    for name in nets():
        assert all(width(name, layer) <= widest(name) for layer in layers(name))
        assert set(layers(name)) <= set(network(name).modules)


def test_tiles_come_in_batches_until_the_layer_is_done(lab):
    assert lab.count == width("photo-net", "stem") == 24
    assert lab.step()
    assert lab.steps == BATCH
    assert not lab.step()
    assert lab.steps == 24
    assert not lab.values.isnan().any()
    assert not lab.step()


def test_what_was_looked_at_is_kept_on_disk(lab):
    while lab.step():
        pass
    later = Neurons("photo-net")
    assert later.steps == 0  # another layer
    later.receive({"setting": "layer", "value": "stem"})
    assert later.steps == 24
    assert later.tiles.equal(lab.tiles)


def test_a_click_chooses_a_channel_and_its_patches(lab):
    before = lab.patches
    lab.receive({"panel": "sheet", "kind": "click", "row": 1, "col": 5})
    assert lab.chosen == COLUMNS + 5
    assert not lab.patches.equal(before)
    frame = lab.frame()
    assert set(frame.images) == {"sheet", "neuron", "patches"}
    assert frame.notes["marks"]["sheet"] == [{"box": [1, 5, 2, 6]}]
    assert frame.notes["grids"]["sheet"] == [2, COLUMNS]
    assert torch.is_tensor(lab.patches)


@pytest.mark.parametrize(
    "event",
    [{"kind": "click", "row": 1, "col": 8}, {"kind": "click", "row": 0, "col": 99},
     {"setting": "layer", "value": "roof"}, {"setting": "colour"}],
)  # fmt: skip
def test_what_it_does_not_know_is_one_sentence(lab, event):
    with pytest.raises(ValueError) as fault:
        lab.receive(event)
    assert is_one_sentence(str(fault.value))
