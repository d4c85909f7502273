"""The dream as a visitor handles it: alive at once, knobs while it climbs, odd wishes."""

import io
import json

import numpy as np
import pytest
import torch
from PIL import Image

from labs.images import fit_within
from labs.live import encode
from labs.models.photo import CLASSES, LAYERS
from labs.vision.dream import Dream, formulas
from labs.vision.dream.look import LOOK
from tests.sentences import is_one_sentence
from tests.vision.dream.hand import put, went


def test_it_is_alive_at_once():
    dream = Dream()
    assert dream.slow
    assert dream.steps == 0
    frame = went(dream, 1).frame()
    assert {"dream", "change"} <= frame.images.keys()
    assert {"gradient", "before", "after"} <= frame.maps.keys()
    assert dream.picture.shape[1] == 3
    assert not torch.equal(dream.image, dream.first)


def test_the_frame_is_the_network_at_the_picture(dream, network):
    frame = went(dream, 3).frame()
    shown = np.asarray(Image.open(io.BytesIO(frame.images["dream"]))).astype(int)
    true = (dream.picture[0].permute(1, 2, 0) * 255).round().int().numpy()
    assert np.abs(shown - true).mean() < 6  # JPEG
    activations = network(dream.picture, ["stage1.0"])["stage1.0"][0]
    assert all(
        any(torch.allclose(tile, a, atol=1e-4) for a in activations) for tile in frame.maps["after"]
    )
    shown = frame.values["objective"].T
    torch.testing.assert_close(shown, torch.tensor(dream.past.values.moments), equal_nan=True)
    message = encode(frame, version=1)
    assert json.loads(message[8 : 8 + int.from_bytes(message[:8], "little")])


@pytest.mark.parametrize(
    "settings",
    [
        {"octaves": 6, "octave_scale": 2.0}, {"octave_scale": 1.1}, {"step_size": 0.1},
        {"jitter": 32}, {"rotation": 30, "scale": 0.3}, {"smooth": 20}, {"steps": 40},
        {"channel": 5}, {"layer": "stem"}, {"layer": "stage4.0"},
        {"layer": "logits", "category": "pizza"}, {"start": "noise"}, {"start": "galaxies"},
        {"size": 128},
    ],
)  # fmt: skip
def test_every_setting_dreams_without_a_restart(dream, settings):
    went(dream, 1)
    put(dream, **settings)
    restarted = bool(settings.keys() & {"start", "size"})
    assert dream.steps == (0 if restarted else 1)
    before = dream.image
    went(dream, 1)
    frame = dream.frame()
    assert not torch.equal(dream.image, before)
    assert dream.image.isfinite().all()
    assert dream.image.min() >= 0
    assert dream.image.max() <= 1
    assert frame.notes["settings"].items() >= settings.items()


@pytest.mark.parametrize(
    "event",
    [
        {"kind": "moment", "value": 5}, {"kind": "moment", "value": -1},
        {"kind": "moment", "value": "x"}, {"kind": "moment"},
        {"kind": "click", "panel": "after", "unit": 99},
        {"kind": "click", "panel": "after", "unit": "0"},
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_one_sentence_and_the_dream_goes_on(dream, event):
    settings = dict(dream.settings)
    with pytest.raises(ValueError, match=r"\.$") as refused:
        dream.receive(event)
    assert is_one_sentence(str(refused.value)), str(refused.value)
    assert dream.settings == settings
    went(dream, 1)


def test_every_layer_and_class_of_the_net_can_be_chosen(dream):
    for name in (*LAYERS, "logits"):
        put(dream, layer=name)
        assert dream.wishes.inside().layers == {name}
    for name in CLASSES:
        put(dream, category=name)
        assert dream.settings["category"] == name


def test_a_clicked_tile_is_the_channel_dreamt_of_next(dream):
    tile = dream.frame().maps["after"][3]
    dream.receive({"kind": "click", "panel": "after", "unit": 3})
    assert f"channel {dream.settings['channel']}" in dream.wishes.inside().name
    torch.testing.assert_close(dream.frame().maps["after"][0], tile)  # the target comes first


def test_start_again_repeats_the_dream_to_the_pixel(dream):
    first = went(put(dream, again=True), 3).image
    assert torch.equal(went(put(dream, again=True), 3).image, first)


def test_a_silent_target_is_said_in_a_sentence(dream, monkeypatch):
    wish = dream.wishes.inside
    monkeypatch.setattr(dream.wishes, "inside", lambda: 0.0 * wish())
    before = dream.image
    assert dream.step() is False
    assert torch.equal(dream.image, before)
    assert dream.count == 0
    text = dream.frame().notes["say"]
    assert is_one_sentence(text)
    assert "gradient" in text or "fire" in text
    monkeypatch.undo()
    went(dream, 1)
    assert "no gradient" not in dream.frame().notes["say"]


def test_still_pictures_are_sent_once_and_again_when_asked_for(dream):
    still = {"under", "starts", "guides"}
    assert still <= dream.frame().images.keys()
    assert not still & dream.frame().images.keys()
    dream.receive({"panel": "starts", "kind": "hello"})
    assert still <= dream.frame().images.keys()


def test_a_class_shows_the_last_layer_and_what_the_net_says(dream, network):
    put(dream, layer="logits", category="pizza", start="noise")
    frame = went(dream, 2).frame()
    assert "category" not in frame.notes["hidden"]
    small = fit_within(dream.picture, LOOK)
    p = network(small, ["logits"])["logits"][0].softmax(0)
    torch.testing.assert_close(frame.values["says"], p.topk(5).values)
    assert frame.notes["labels"]["says"][0] == CLASSES[int(p.argmax())]
    assert frame.maps["after"].shape[0] == 16


def test_only_octaves_that_exist_are_counted(dream):
    put(dream, octaves=6, octave_scale=2.0)
    assert len(dream.scene.sizes) == 2
    assert dream.frame().notes["titles"]["dream"] == "step 0, octave 1 of 2"
    assert formulas.blocks(dream.scene)[4][1].startswith("2 octaves of 2 steps")
    put(dream, octaves=1)
    assert formulas.blocks(dream.scene)[4][1].startswith("1 octave of 2 steps")


@pytest.mark.parametrize(
    ("settings", "first"),
    [
        ({"layer": "logits", "category": "banana"}, "the class “banana”"),
        ({"guide": "cat"}, "stage1.0, more like “cat”"),
        ({"channel": 3}, "stage1.0 channel 3"),
    ],
)
def test_the_second_wish_is_named_beside_every_first(dream, settings, first):
    put(dream, second="stage3.0", weight=2, **settings)
    went(dream, 1)
    assert f"L: {first} + 2 × stage3.0, " in formulas.blocks(dream.scene)[0][1]
    assert dream.frame().notes["lines"]["objective"][0] == f"{first} + 2 × stage3.0"
    assert put(dream, weight=-2).wishes.words() == f"{first} − 2 × stage3.0"
    assert put(dream, weight=0).wishes.words() == first


def test_a_channel_that_never_fires_is_named(dream, monkeypatch):
    put(dream, channel=3)
    monkeypatch.setattr("labs.vision.dream.wishes.fires", lambda *_: False)
    wish = dream.wishes.inside()
    monkeypatch.setattr(dream.wishes, "inside", lambda: 0.0 * wish)
    assert not dream.step()
    text = dream.frame().notes["titles"]["objective"]
    assert "channel 3" in dream.silence
    assert "never fires" in text
