"""What a dream begins with: odd pictures, a drawing, pictures that are clicked."""

import io
import zlib

import numpy as np
import pytest
import torch
from PIL import Image
from torch import Tensor

from labs.images import decode, fit_within
from labs.vision.dream import Dream
from labs.vision.dream.nets import LITE, SHIPPED, implied, layers, title
from tests.sentences import is_one_sentence
from tests.vision.dream.hand import paint, put, went


def file(array: np.ndarray) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(array).save(buffer, "PNG")
    return buffer.getvalue()


def own(kind: str) -> Tensor:
    grey = np.random.default_rng(0).integers(0, 256, (40, 60), dtype=np.uint8)
    if kind == "pixel":
        return decode(file(np.full((1, 1, 3), 90, np.uint8)))
    if kind == "grey":
        return decode(file(grey))
    if kind == "transparent":
        clear = np.full((40, 60), 128, np.uint8)
        return decode(file(np.stack([grey, grey, grey, clear], 2)))
    if kind == "thin":
        return decode(file(np.stack([grey[:1]] * 3, 2)))
    assert kind == "huge"
    return fit_within(decode(file(np.zeros((2000, 2500, 3), np.uint8) + 77)), 1024)


@pytest.mark.parametrize("kind", ["pixel", "grey", "transparent", "thin", "huge"])
def test_every_picture_of_ones_own_can_dream(dream, kind):
    picture = own(kind)
    put(dream, smooth=1, rotation=3)
    dream.bring(picture)
    assert dream.settings["start"] == "yours"
    assert dream.first.shape[1] == 3
    assert max(dream.first.shape[-2:]) <= 96
    for _ in range(3):
        dream.step()
    assert dream.image.isfinite().all()
    assert dream.frame().images["dream"]


def test_a_hundred_megapixels_are_refused_in_one_sentence():
    header = file(np.zeros((1, 1), np.uint8))
    width = (10_000).to_bytes(4, "big")
    at = header.index(b"IHDR")
    body = b"IHDR" + width + width + header[at + 12 : at + 17]
    forged = header[:at] + body + zlib.crc32(body).to_bytes(4, "big") + header[at + 21 :]
    with pytest.raises(ValueError, match="too large") as refused:
        decode(forged)
    assert is_one_sentence(str(refused.value))


def test_a_drawing_is_a_start(dream):
    went(dream, 1)
    paint(dream, "drawing", [[50, 50], [50, 450]])
    assert dream.settings["start"] == "drawing"
    assert dream.count == 0
    assert dream.first[..., 48, 9].max() < 0.3  # the ink
    assert dream.first[..., 48, 80].min() > 0.9  # the paper; the example is gone
    assert "drawing" in dream.address()
    went(dream, 1)


def test_a_link_opens_the_drawing_and_the_mask_over_the_picture_that_is_dreamt_of(dream):
    paint(dream, "drawing", [[50, 50], [50, 450]])
    paint(dream, "mask", [[100, 100], [400, 400]])
    for start in ("drawing", "cat"):  # a drawing is kept also while another start is chosen
        put(dream, start=start)
        other = Dream(dream.net)
        assert other.open({k: str(v) for k, v in dream.address().items()}) == {}
        assert other.settings == dream.settings
        assert other.first.equal(dream.first)
        assert other.scene.mask.equal(dream.scene.mask)
        assert other.drawing.ink.equal(dream.drawing.ink)


def test_the_link_names_the_net_as_the_list_of_nets_does():
    assert Dream("photo-net-robust").address() == {"net": title("photo-net-robust")}


@pytest.mark.parametrize("net", SHIPPED)
def test_an_address_that_names_no_net_implies_the_one_that_wrote_it(net):
    """Addresses of the photo net, once the standard one, never named it."""
    for settings in ({}, {"size": 96}, {"layer": layers(net)[1]}, {"layer": "logits"},
                     {"outside": layers(net)[0]}):  # fmt: skip
        address = put(Dream(net), **settings).address()
        assert address.get("net", title(implied(address))) == title(net), address


def test_addresses_from_before_open_the_photo_net():
    for old in ({"layer": "stage2.1"}, {"layer": "logits", "category": "pizza"},
                {"second": "stem", "octaves": "2"}, {"outside": "stage4.0"}):  # fmt: skip
        assert implied(old) == "photo-net", old
        assert Dream("photo-net").open(old) == {}
    assert implied({"octaves": "2", "size": "96"}) == LITE


def test_pictures_are_chosen_by_clicking_them(dream):
    dream.receive({"panel": "starts", "kind": "click", "row": 0, "col": 3})
    assert dream.settings["start"] == "coffee"
    frame = dream.frame()
    assert frame.notes["marks"]["starts"] == [{"box": [0, 3, 1, 4]}]
    assert frame.notes["address"]["start"] == "coffee"
    dream.receive({"panel": "guides", "kind": "click", "row": 0, "col": 1})
    assert dream.settings["guide"] == "flower"
    assert "flower" in dream.frame().notes["lines"]["objective"][0]
    went(dream, 1)
    dream.receive({"panel": "guides", "kind": "click", "row": 0, "col": 1})
    assert dream.settings["guide"] == "nothing"
    assert dream.frame().notes["address"]["guide"] == ""
    with pytest.raises(ValueError):  # there is no picture of one's own yet
        dream.receive({"panel": "starts", "kind": "click", "row": 0, "col": 9})
    dream.bring(torch.rand(1, 3, 40, 60, generator=torch.Generator().manual_seed(0)))
    put(dream, start="cat")
    dream.receive({"panel": "starts", "kind": "click", "row": 0, "col": 9})
    assert dream.settings["start"] == "yours"
