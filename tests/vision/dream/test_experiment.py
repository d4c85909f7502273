"""The dream as a visitor handles it: knobs while it climbs, the past, odd pictures, odd wishes."""

import io
import json
import zlib

import numpy as np
import pytest
import torch
from PIL import Image
from torch import Tensor

from labs.images import decode, fit_within
from labs.live import encode
from labs.models.photo import CLASSES, LAYERS
from labs.vision.dream import Dream
from labs.vision.dream.past import KEPT
from labs.vision.dream.scene import LOOK
from labs.vision.dream.settings import COUNTS, RANGES
from tests.sentences import is_one_sentence


def told(dream: Dream, **settings: object) -> Dream:
    for name, value in settings.items():
        dream.receive({"setting": name, "value": value})
    return dream


def went(dream: Dream, steps: int) -> Dream:
    for _ in range(steps):
        assert dream.step()
    return dream


def scrub(dream: Dream, moment: object) -> None:
    dream.receive({"kind": "moment", "value": moment})


def file(array: np.ndarray) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(array).save(buffer, "PNG")
    return buffer.getvalue()


@pytest.fixture
def dream() -> Dream:
    """A small dream on an early layer, for speed."""
    return told(Dream(), size=96, layer="stage1.0", octaves=2, steps=2, start="flower")


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
    assert frame.values["objective"][:, :3].T.tolist() == [
        pytest.approx(pair) for pair in dream.past.values
    ]
    assert frame.values["objective"][:, -1].tolist() == pytest.approx(dream.past.values[-1])
    message = encode(frame, version=1)
    assert json.loads(message[8 : 8 + int.from_bytes(message[:8], "little")])


@pytest.mark.parametrize("name", [*RANGES, *COUNTS])
def test_every_number_is_taken_at_both_ends_and_refused_beyond(dream, name):
    low, high = (RANGES | COUNTS)[name]
    for value in (low, high):
        told(dream, **{name: value})
        assert dream.settings[name] == pytest.approx(value)
    for bad in (low - 1, high + 1, float("nan"), float("inf"), "much", None, True, [low]):
        with pytest.raises(ValueError, match=r"between .* and ") as refused:
            told(dream, **{name: bad})
        assert is_one_sentence(str(refused.value))
    assert dream.settings[name] == pytest.approx(high)


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
    told(dream, **settings)
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
        {"setting": "layer", "value": "stage9.0"}, {"setting": "layer", "value": 3},
        {"setting": "category", "value": "unicorn"}, {"setting": "start", "value": "../secret"},
        {"setting": "start", "value": ["cat"]}, {"setting": "spell", "value": 1},
        {"setting": ["channel"], "value": 1}, {"setting": None}, {},
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
        told(dream, layer=name)
        assert dream.wishes.inside().layers == {name}
    for name in CLASSES:
        told(dream, category=name)
        assert dream.settings["category"] == name


def test_a_clicked_tile_is_the_channel_dreamt_of_next(dream):
    tile = dream.frame().maps["after"][3]
    dream.receive({"kind": "click", "panel": "after", "unit": 3})
    assert f"channel {dream.settings['channel']}" in dream.wishes.inside().name
    torch.testing.assert_close(dream.frame().maps["after"][0], tile)  # the target comes first


def test_scrub_shows_the_past_and_leaves_the_dream(dream):
    went(dream, 4)
    last = dream.image
    scrub(dream, 2)
    assert dream.frame().notes["timeline"] == {"at": 2, "count": 4}
    torch.testing.assert_close(dream.picture, dream.past.moments[2][1] / 255)
    scrub(dream, 0)
    torch.testing.assert_close(dream.picture, dream.first, rtol=0, atol=0.5 / 255 + 1e-6)
    scrub(dream, 4)
    assert torch.equal(dream.picture, last)
    assert dream.steps == 4


def test_a_branch_goes_on_from_the_past(dream):
    went(dream, 4)
    scrub(dream, 1)
    past = dream.picture
    told(dream, branch=True)
    assert dream.steps == 1
    assert torch.equal(dream.image, past)
    assert [number for number, _ in dream.past.values] == [1]
    assert len(dream.past.moments) == 2
    went(dream, 2)
    assert [number for number, _ in dream.past.moments] == [0, 1, 2, 3]


def test_a_step_from_the_past_is_a_branch(dream):
    went(dream, 3)
    scrub(dream, 1)
    went(dream, 1)
    assert dream.steps == 2
    assert dream.picture is dream.image


def test_start_again_repeats_the_dream_to_the_pixel(dream):
    first = went(told(dream, again=True), 3).image
    assert torch.equal(went(told(dream, again=True), 3).image, first)


def test_the_history_is_bounded_and_in_order(dream):
    told(dream, size=96, layer="stem", octaves=6, octave_scale=2.0)
    dream.take(torch.rand(1, 3, 8, 8, generator=torch.Generator().manual_seed(0)))
    for _ in range(3 * KEPT):
        dream.step()
        assert len(dream.past.moments) <= KEPT + 1
    numbers = [number for number, _ in dream.past.moments]
    assert numbers[0] == 0
    assert numbers[-1] == dream.count == 3 * KEPT
    assert numbers == sorted(numbers)
    torch.testing.assert_close(dream.past.moments[-1][1] / 255, dream.image, rtol=0, atol=0.003)
    assert dream.frame().values["objective"].shape[1] <= 402


def test_no_moment_is_in_the_history_twice(dream):
    dream.take(torch.rand(1, 3, 8, 8, generator=torch.Generator().manual_seed(0)))
    went(dream, 2 * KEPT)
    numbers = [number for number, _ in dream.past.moments]
    assert len(set(numbers)) == len(numbers)


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
    return fit_within(decode(file(np.zeros((4000, 5000, 3), np.uint8) + 77)), 1024)


@pytest.mark.parametrize("kind", ["pixel", "grey", "transparent", "thin", "huge"])
def test_every_picture_of_ones_own_can_dream(dream, kind):
    picture = own(kind)
    told(dream, smooth=1, rotation=3)
    dream.take(picture)
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


def test_a_silent_target_is_said_in_a_sentence(dream, monkeypatch):
    wish = dream.wishes.inside
    monkeypatch.setattr(dream.wishes, "inside", lambda: 0.0 * wish())
    before = dream.image
    assert dream.step() is False
    assert torch.equal(dream.image, before)
    assert dream.count == 0
    said = dream.frame().notes["say"]
    assert is_one_sentence(said)
    assert "gradient" in said or "fire" in said
    monkeypatch.undo()
    went(dream, 1)
    assert "no gradient" not in dream.frame().notes["say"]


def paint(dream: Dream, pad: str, points: list[list[int]], width: int = 90) -> None:
    stroke = {"panel": pad, "kind": "stroke", "begin": True, "width": width}
    dream.receive(stroke | {"points": points})


def test_a_painted_region_dreams_of_one_thing_and_the_rest_of_another(dream):
    told(dream, outside="stage2.0", jitter=0, octaves=1)
    paint(dream, "mask", [[100, 100], [400, 400]])
    inside = dream.painted()[None, None]
    inside = torch.nn.functional.interpolate(inside, dream.first.shape[-2:], mode="nearest")
    both = went(dream, 1).image
    one = went(told(dream, again=True, outside="nothing"), 1).image
    assert torch.equal(one[..., :4, -4:], dream.first[..., :4, -4:])
    assert not torch.equal(both[..., :4, -4:], one[..., :4, -4:])
    core = torch.nn.functional.avg_pool2d(inside, 9, 1, 4) == 1
    torch.testing.assert_close(both[core.expand_as(both)], one[core.expand_as(both)])


def test_a_drawing_is_a_start(dream):
    went(dream, 1)
    paint(dream, "drawing", [[50, 50], [50, 450]])
    assert dream.settings["start"] == "drawing"
    assert dream.count == 0
    assert dream.first[..., 48, 9].max() < 0.3  # the ink
    assert dream.first[..., 48, 80].min() > 0.9  # the paper; the example is gone
    assert "drawing" in dream.address()
    went(dream, 1)


def test_pictures_are_chosen_by_clicking_them(dream):
    dream.receive({"panel": "starts", "kind": "click", "row": 0, "col": 3})
    assert dream.settings["start"] == "coffee"
    frame = dream.frame()
    assert frame.notes["marks"]["starts"] == [{"box": [0, 3, 1, 4]}]
    assert frame.notes["address"]["start"] == "coffee"
    dream.receive({"panel": "guides", "kind": "click", "row": 0, "col": 1})
    assert dream.settings["guide"] == "flower"
    assert "flower" in dream.frame().notes["titles"]["objective"]
    went(dream, 1)
    dream.receive({"panel": "guides", "kind": "click", "row": 0, "col": 1})
    assert dream.settings["guide"] == "nothing"
    assert dream.frame().notes["address"]["guide"] == ""
    with pytest.raises(ValueError):  # there is no picture of one's own yet
        dream.receive({"panel": "starts", "kind": "click", "row": 0, "col": 9})
    dream.take(torch.rand(1, 3, 40, 60, generator=torch.Generator().manual_seed(0)))
    told(dream, start="cat")
    dream.receive({"panel": "starts", "kind": "click", "row": 0, "col": 9})
    assert dream.settings["start"] == "yours"


def test_still_pictures_are_sent_once_and_again_when_asked_for(dream):
    still = {"under", "starts", "guides"}
    assert still <= dream.frame().images.keys()
    assert not still & dream.frame().images.keys()
    dream.receive({"panel": "starts", "kind": "hello"})
    assert still <= dream.frame().images.keys()


def test_a_class_shows_the_last_layer_and_what_the_net_says(dream, network):
    told(dream, layer="logits", category="pizza", start="noise")
    frame = went(dream, 2).frame()
    assert "category" not in frame.notes["hidden"]
    small = fit_within(dream.picture, LOOK)
    p = network(small, ["logits"])["logits"][0].softmax(0)
    torch.testing.assert_close(frame.values["says"], p.topk(5).values)
    assert frame.notes["labels"]["says"][0] == CLASSES[int(p.argmax())]
    assert frame.maps["after"].shape[0] == 16


def test_a_channel_that_never_fires_is_named(dream, monkeypatch):
    told(dream, channel=3)
    monkeypatch.setattr("labs.vision.dream.wishes.fires", lambda *_: False)
    wish = dream.wishes.inside()
    monkeypatch.setattr(dream.wishes, "inside", lambda: 0.0 * wish)
    assert not dream.step()
    said = dream.frame().notes["titles"]["objective"]
    assert "channel 3" in dream.silence
    assert "never fires" in said


def test_the_challenge_of_two_regions_is_met_by_doing_it(dream):
    told(dream, outside="stage2.0")
    went(dream, 16)
    assert "split" not in dream.frame().notes["met"]  # nothing was painted
    paint(dream, "mask", [[100, 100], [400, 400]])
    assert "split" in dream.frame().notes["met"]
