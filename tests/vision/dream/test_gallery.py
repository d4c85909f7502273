"""Every neuron of a layer: tiles appear, are kept, and one of them is looked at closely."""

from itertools import pairwise
from unittest.mock import Mock

import pytest
import torch
from safetensors.torch import save

from labs.data.photos import NAMES
from labs.models.photo import CLASSES
from labs.vision.dream import Neurons
from labs.vision.dream.gallery import BROUGHT, COLUMNS
from labs.vision.dream.nets import LITE, described, field, layers, nets, network, widest, width
from labs.vision.dream.neurons import BATCH
from labs.vision.dream.objective import LOGITS
from labs.vision.dream.tiles import LayerTiles
from tests.sentences import is_one_sentence


@pytest.fixture
def lab(tmp_path, monkeypatch) -> Neurons:
    monkeypatch.setenv("GLASSBOX_CACHE", str(tmp_path))
    monkeypatch.setattr("labs.vision.dream.tiles.STEPS", 2)
    monkeypatch.setattr("labs.vision.dream.portrait.STEPS", 2)
    neurons = Neurons("photo-net")
    neurons.receive({"setting": "layer", "value": "stem"})
    return neurons


def drawn(lab: Neurons) -> Neurons:
    """Go on until the chosen channel is drawn large."""
    while not lab.portrait.done:
        assert lab.step()
    return lab


def test_a_net_knows_its_layers():
    assert nets()[0] == LITE
    for name in nets():
        assert all(width(name, layer) <= widest(name) for layer in layers(name))
        assert set(layers(name)) <= set(network(name).modules)


def test_a_receptive_field_is_what_kernels_and_strides_make_it():
    """The stem sees its kernel; each 3 x 3 adds two strides, each pooling one."""
    fields = [field("photo-net", name) for name in layers("photo-net")]
    assert fields == [6, 14, 32, 48, 84, 116, 188]
    assert all(a < b for a, b in pairwise(fields))
    assert "84 px" in described("photo-net")["stage3.0"]


def test_it_waits_until_somebody_looks(lab):
    fresh = Neurons("photo-net")
    assert not fresh.eager
    fresh.receive({"setting": "visible", "value": ["neurons"]})
    assert fresh.eager
    fresh.step()
    assert not fresh.eager
    fresh.receive({"setting": "visible", "value": ["neurons"]})  # paused, and scrolled back
    assert not fresh.eager


def test_tiles_come_in_batches_until_the_layer_is_done(lab):
    drawn(lab)
    assert lab.tiles.count == width("photo-net", "stem") == 24
    assert lab.step()
    assert lab.steps == 0
    assert lab.tiles.images[:BATCH].float().std((1, 2, 3)).min() > 0  # seen while they climb
    assert lab.step()
    assert lab.steps == BATCH
    assert lab.step()
    assert lab.step()
    assert lab.steps == 24
    assert not lab.tiles.values.isnan().any()
    assert not lab.step()


def test_what_was_looked_at_is_kept_on_disk(lab):
    while lab.step():
        pass
    later = Neurons("photo-net")
    assert later.steps == 0  # another layer
    later.receive({"setting": "layer", "value": "stem"})
    assert later.steps == 24
    assert later.tiles.images.equal(lab.tiles.images)


def test_a_torn_file_is_thrown_away_and_made_again(lab):
    while lab.step():
        pass
    file = lab.tiles.file()
    whole = file.read_bytes()
    two = save({"tiles": torch.zeros(2, 3, 64, 64, dtype=torch.uint8), "values": torch.ones(2)})
    for bad in (b"", b"torn", whole[:-1], whole[: len(whole) // 2], whole + b"x", two, save({})):
        file.write_bytes(bad)
        tiles = LayerTiles("photo-net", "stem")
        assert tiles.done == 0
        assert not file.exists()
    while tiles.step():
        pass
    assert file.read_bytes() == whole
    assert list(file.parent.iterdir()) == [file]


def test_a_full_disk_stops_nothing(lab, monkeypatch):
    monkeypatch.setattr("labs.files.Path.replace", Mock(side_effect=OSError("no space")))
    while lab.step():
        pass
    assert lab.steps == 24
    assert list(lab.tiles.file().parent.iterdir()) == []


def test_another_layer_is_chosen_without_reading_the_weights(lab, monkeypatch):
    monkeypatch.setattr("torch.nn.Module.state_dict", Mock(side_effect=AssertionError))
    assert LayerTiles("photo-net", "stage1").file() != lab.tiles.file()


def test_a_click_chooses_a_channel_and_its_patches(lab):
    before = [patch.value for patch in lab.patches]
    drawn(lab).receive({"panel": "sheet", "kind": "click", "row": 1, "col": 5})
    assert lab.chosen == COLUMNS + 5
    assert lab.eager
    assert not lab.portrait.done
    assert [patch.value for patch in lab.patches] != before
    frame = lab.frame()
    assert set(frame.images) == {"sheet", "neuron", "patches"}
    assert frame.notes["marks"]["sheet"] == [{"box": [1, 5, 2, 6]}]
    assert frame.notes["grids"]["sheet"] == [2, COLUMNS]


def test_photographs_and_opposites_take_the_tiles_places(lab):
    made = lab.pictures
    lab.receive({"setting": "show", "value": "real"})
    real = lab.pictures
    assert real.shape[:2] == made.shape[:2] == (24, 3)
    assert "photographs" in lab.frame().notes["titles"]["sheet"]
    lab.receive({"setting": "sign", "value": "-1"})
    assert not lab.pictures.equal(real)
    assert lab.patches[0].value <= min(patch.value for patch in lab.patches)
    assert lab.tiles.file() != LayerTiles("photo-net", "stem").file()


def test_a_link_opens_the_layer_and_the_channel(lab):
    lab.receive({"kind": "click", "row": 1, "col": 5})
    assert lab.address() == {"layer": "stem", "channel": "21"}
    other = Neurons("photo-net")
    assert other.open(lab.address()) == {}
    assert (other.tiles.layer, other.chosen) == ("stem", 21)


def test_the_wish_to_differ_makes_the_pictures_differ(lab):
    """The Gram matrices of the pictures are less alike with the wish than without it."""

    def alike(weight: float) -> float:
        lab.receive({"setting": "diversity", "value": weight})
        x = drawn(lab).portrait.images
        x = network("photo-net")(x, ["stem"])["stem"].flatten(2)
        gram = torch.einsum("ncp,ndp->ncd", x, x).flatten(1)
        gram = gram / gram.norm(dim=1, keepdim=True)
        return (gram @ gram.T).triu(1).sum().item()

    assert alike(4.0) < alike(0.0)


def test_the_visitors_pictures_are_looked_through_too(lab):
    lab.receive({"kind": "click", "row": 0, "col": 3})
    strongest = lab.patches[0].value
    noisy = torch.rand(1, 3, 90, 120, generator=torch.Generator().manual_seed(0))
    for _ in range(BROUGHT + 2):
        lab.bring(noisy)
    assert len(lab.photos) == len(NAMES) + BROUGHT
    assert lab.patches[0].value >= strongest
    lab.bring(torch.zeros(1, 1, 4, 4))  # grey and tiny
    assert lab.photos[-1][1].shape == (1, 3, 4, 4)


@pytest.mark.parametrize(
    "event",
    [{"kind": "click", "row": 1, "col": 8}, {"kind": "click", "row": 0, "col": 99},
     {"panel": "channel", "kind": "link", "value": "99"},
     {"panel": "channel", "kind": "link", "value": "roof"}],
)  # fmt: skip
def test_what_it_does_not_know_is_one_sentence(lab, event):
    with pytest.raises(ValueError) as fault:
        lab.receive(event)
    assert is_one_sentence(str(fault.value))


def test_the_classes_are_a_layer_of_the_photo_nets(lab):
    lab.receive({"setting": "layer", "value": LOGITS})
    assert lab.tiles.count == len(CLASSES) == 100
    lab.receive({"kind": "click", "row": 1, "col": 5})
    drawn(lab)
    frame = lab.frame()
    assert frame.notes["titles"]["neuron"] == f"{CLASSES[21]}, step 2"
    assert frame.notes["titles"]["sheet"].startswith("0 of 100 classes looked at")
    strongest = lab.patches[0]
    logit = network("photo-net")(lab.photos[strongest.photo][1], [LOGITS])[LOGITS][0, 21]
    assert strongest.value == pytest.approx(logit.item())
    lab.receive({"setting": "show", "value": "real"})
    assert len(lab.pictures) == 100
    with pytest.raises(ValueError, match="layer"):
        Neurons(LITE).receive({"setting": "layer", "value": LOGITS})
