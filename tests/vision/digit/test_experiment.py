"""The digit lab as the live channel drives it."""

import re

import pytest
import torch

from labs import zoo
from labs.data.strokes import sample
from labs.drawing import Drawing, to_link
from labs.drawing.mnist import as_mnist
from labs.live import encode
from labs.trace import trace
from labs.vision.digit import Digit
from labs.vision.digit import controls as c
from labs.vision.digit.experiment import tilt
from labs.vision.digit.unit import SHAPES
from labs.vision.digit.view import MAPS
from tests.vision.digit.conftest import random_picture

CARDS = ("kernels", "readers", "distortions")


def test_it_opens_with_an_example_read_right(lab):
    frame = lab.frame()
    assert lab.pad.example
    assert frame.values["softmax"].argmax() == 8
    assert frame.notes["titles"]["softmax"] == "it says “8”"
    assert "8" in frame.notes["say"]
    assert not lab.step()


def test_the_frame_is_the_zoos_network(lab):
    lab.receive({"panel": "x", "kind": "sample", "value": 5})
    frame = lab.frame()
    drawing = Drawing()
    drawing.replace(sample(5))
    seen = as_mnist(drawing.ink)
    looked = trace(zoo.load("lenet-mnist"), seen)
    torch.testing.assert_close(frame.maps["seen"], seen[0])
    torch.testing.assert_close(frame.values["softmax"], looked.output[0].softmax(0))
    for layer in ("conv1", "conv2", "fc1", "fc2"):
        want = looked.activations[layer][0].relu().view(SHAPES[layer])
        torch.testing.assert_close(frame.maps[layer], want, atol=1e-4, rtol=1e-4)


@pytest.mark.parametrize("view", c.VIEW.keys)
def test_the_views(lab, view):
    lab.receive({"setting": "target", "value": "3"})
    values = lab.frame().maps
    lab.receive({"setting": "view", "value": "gradient"})
    slopes = lab.frame().maps
    lab.receive({"setting": "view", "value": view})
    shown = lab.frame()
    for layer in MAPS:
        want = {
            "activation": values[layer], "gradient": slopes[layer],
            "product": values[layer] * slopes[layer],
        }[view]  # fmt: skip
        assert shown.maps[layer].equal(want)
    seen = values["seen"][None].clone()
    want = trace(zoo.load("lenet-mnist"), seen, scalar=lambda y: y[0, 3]).gradients["input"][0]
    torch.testing.assert_close(shown.maps["saliency"], want, atol=1e-4, rtol=1e-4)


@pytest.mark.parametrize("choice", [c.VIEW, c.TARGET, c.SCALE, c.SALIENCY])
def test_every_option_gives_a_frame_that_travels(lab, choice):
    frames = []
    for value in choice.keys:
        lab.receive({"setting": choice.name, "value": value})
        frame = lab.frame()
        assert frame.notes["settings"][choice.name] == value
        frames.append(encode(frame))
    assert len(set(frames)) == len(frames)


@pytest.mark.parametrize("layer", SHAPES)
def test_a_click_selects_and_explains(lab, layer):
    unit, row, col = (n - 1 for n in SHAPES[layer])
    lab.receive({"kind": "click", "panel": layer, "unit": unit, "row": row, "col": col})
    frame = lab.frame()
    assert frame.notes["arithmetic"]["title"].startswith(layer)
    if layer in ("seen", "conv1", "pool1", "conv2", "pool2"):
        top, left, bottom, right = frame.notes["marks"]["x"][0]["box"]
        assert 0 <= top < bottom <= 1
        assert 0 <= left < right <= 1
    encode(frame)


def test_a_second_click_on_a_class_explains_its_logit(lab):
    click = {"kind": "click", "panel": "softmax", "unit": 3, "row": 0, "col": 3}
    forms = []
    for _ in range(3):
        lab.receive(click)
        forms.append(lab.frame().notes["arithmetic"]["form"])
    assert forms == ["softmax", "sum", "softmax"]


def test_hidden_cards_are_not_computed(lab):
    lab.receive({"setting": "visible", "value": []})
    small = lab.frame()
    lab.receive({"setting": "visible", "value": list(CARDS)})
    assert set(small.maps) < set(lab.frame().maps)
    assert not {"kernels1", "distorted", "shuffled"} & set(small.maps)


def test_rolling_again_gives_other_distortions_and_the_same_seed_the_same(lab):
    one, same = lab.frame().maps["distorted"], lab.frame().maps["distorted"]
    lab.receive({"setting": "reroll", "value": True})
    assert one.equal(same)
    assert not one.equal(lab.frame().maps["distorted"])


def test_distortions_are_judged_by_the_nets_as_they_were_trained(lab):
    before = lab.frame()
    for unit in range(3):
        lab.receive({"panel": "conv1", "kind": "click", "unit": unit, "row": 5, "col": 5})
        lab.receive({"setting": "switch", "value": True})
    after = lab.frame()
    assert not after.values["softmax"].equal(before.values["softmax"])
    assert after.values["with"].equal(before.values["with"])
    assert after.notes["titles"]["distorted"] == before.notes["titles"]["distorted"]


def test_an_empty_pad_is_a_frame_like_any(lab):
    lab.receive({"panel": "x", "kind": "clear"})
    for method in c.SALIENCY.keys:
        lab.receive({"setting": "saliency", "value": method})
        frame = lab.frame()
        assert all(x.isfinite().all() for x in frame.maps.values())
    assert frame.notes["titles"]["softmax"] == "the pad is empty"
    assert frame.notes["say"] == "The pad is empty."
    assert not frame.notes["timeline"]["said"]


def test_an_empty_pad_has_no_prediction(lab):
    """In no caption, timeline or spoken text, and it meets no challenge; also if erased empty."""
    line = {"panel": "x", "kind": "stroke", "begin": True, "points": [[60, 60], [400, 300]]}
    lab.receive({"setting": "tilt", "value": 40.0})
    lab.receive(line)
    drawn = list(lab.frame().notes["timeline"]["said"])
    assert drawn[-1][0].isdigit()
    lab.receive({**line, "width": 128, "erase": True})
    lab.receive({"panel": "conv1", "kind": "click", "unit": 3, "row": 5, "col": 5})
    lab.receive({"setting": "switch", "value": True})
    notes = lab.frame().notes
    assert lab.pad.empty
    said, spoken = notes["timeline"]["said"], (notes["titles"].values(), notes["say"])
    assert said == [*drawn, ("", lab.pad.points)]
    assert not re.search("“[0-9]”|[0-9] ?%|percent", str([[*spoken[0]], spoken[1]]))
    assert notes["titles"]["distorted"] == notes["titles"]["softmax"] == "the pad is empty"
    lab.rest()
    assert not lab.met


def test_a_link_shows_the_same_numbers(lab):
    lab.receive({"panel": "x", "kind": "sample", "value": 4})
    other = Digit()
    other.receive({"panel": "x", "kind": "link", "value": to_link(lab.pad.future)})
    assert other.frame().values["softmax"].equal(lab.frame().values["softmax"])


def test_the_timeline_shows_when_the_network_changed_its_mind(lab):
    lab.receive({"panel": "x", "kind": "sample", "value": 5})
    said = lab.frame().notes["timeline"]["said"]
    assert said[-1] == ("5", lab.pad.points)
    assert len({label for label, _ in said}) > 1
    lab.receive({"panel": "timeline", "kind": "moment", "value": said[0][1]})
    assert str(int(lab.frame().values["softmax"].argmax())) == said[0][0]


@pytest.mark.parametrize("degrees", [-90, 90])
def test_a_quarter_turn_is_exact(degrees):
    seen = random_picture(1)
    turned = seen.rot90(-degrees // 90)  # rot90 counts against the clock
    torch.testing.assert_close(tilt(seen, degrees), turned, atol=1e-4, rtol=0)


def test_a_tilt_there_and_back_is_about_the_same():
    drawing = Drawing()
    drawing.replace(sample(3))
    seen = as_mnist(drawing.ink)[0, 0]
    assert tilt(seen, 0).equal(seen)
    back = tilt(tilt(seen, 20), -20)
    assert (back - seen).abs().mean() < 0.03
