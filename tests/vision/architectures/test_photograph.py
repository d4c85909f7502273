"""A photograph under the hand: what the net says, why, and what paint takes away."""

import base64
from pathlib import Path

import pytest
import torch

from labs.data.photos import photo
from labs.models.imagenet import centre
from labs.pictures import jpeg, png
from labs.trace import grad_cam, trace
from labs.vision.architectures.classify import OURS, glance, model_of, stage_names
from labs.vision.architectures.photograph import Photograph
from labs.vision.architectures.sight import GREY, window
from tests.sentences import is_one_sentence


@pytest.fixture
def lab() -> Photograph:
    return Photograph(OURS)


def put(lab: Photograph, **settings: object) -> Photograph:
    for name, value in settings.items():
        lab.receive({"setting": name, "value": value})
    return lab


def paint(lab: Photograph, *points: list[int], width: int = 90) -> None:
    stroke = {"panel": "cover", "kind": "stroke", "begin": True, "width": width, "erase": False}
    lab.receive(stroke | {"points": list(points)})


@pytest.mark.parametrize("name", [OURS, "efficientnet-lite0"])
def test_a_glance_is_what_a_whole_backward_pass_gives(name):
    model, _, side = model_of(name)
    x = centre(photo("coffee"), side)
    stages = stage_names(model, x)
    seen = glance(model, x, stages, 3)
    whole = trace(model, x, stages, scalar=lambda logits: logits[0, 3])
    torch.testing.assert_close(seen.p, whole.output[0].softmax(0), atol=1e-5, rtol=1e-4)
    last = stages[-1]
    want = grad_cam(whole.activations[last][0], whole.gradients[last][0])
    torch.testing.assert_close(seen.cam, want, atol=1e-5, rtol=1e-3)
    for stage in stages:
        torch.testing.assert_close(
            seen.maps[stage], whole.activations[stage][0], atol=1e-4, rtol=1e-3
        )
    assert not any(m._forward_hooks for m in model.modules())


def test_a_window_is_the_place_of_the_photo_that_it_says():
    ramp = torch.stack(torch.meshgrid(torch.linspace(0, 1, 300), torch.linspace(0, 1, 400),
                                      indexing="ij"))[None]  # fmt: skip
    x = torch.cat([ramp, ramp[:, :1]], 1)  # red grows downwards, green to the right
    assert window(x, 64, 1, 0, 0).equal(centre(x, 64))
    for across, down in ((-1, -1), (1, 1), (0, 0), (0.5, -0.5)):
        part = window(x, 64, 4, across, down)
        assert part.shape == (1, 3, 64, 64)
        edge = 300 * 224 / 256 / 4
        middle = (
            edge / 2 + (300 - edge) * (1 + down) / 2,
            edge / 2 + (400 - edge) * (1 + across) / 2,
        )
        found = part[0, 0].mean().item() * 299, part[0, 1].mean().item() * 399
        assert found == pytest.approx(middle, abs=1.5)


def test_what_is_painted_over_is_grey_for_the_net_and_the_rest_is_as_it_was(lab):
    before = lab.seen
    paint(lab, [100, 100], [200, 100])
    seen = lab.seen
    changed = (seen.x != before.x).any(1)[0]
    assert seen.x[0, :, 12, 18].tolist() == [GREY] * 3
    assert 0 < changed.float().mean() <= 1.4 * seen.cover
    assert seen.plain.equal(before.plain)
    assert seen.before.equal(before.now.p)
    assert not seen.now.p.equal(before.now.p)
    lab.receive({"panel": "cover", "kind": "clear"})
    assert lab.seen.now.p.equal(before.now.p)


def test_a_clicked_class_is_asked_about_until_it_is_clicked_again(lab):
    frame = lab.frame()
    lab.receive({"panel": "says", "kind": "click", "unit": 2})
    asked = lab.frame()
    assert asked.notes["chosen"]["says"] == 2
    assert frame.notes["labels"]["says"][2] in asked.notes["titles"]["lit"]
    assert not asked.maps["cam"].equal(frame.maps["cam"])
    lab.receive({"panel": "says", "kind": "click", "unit": 2})
    assert lab.frame().maps["cam"].equal(frame.maps["cam"])


def test_maps_keep_their_places_while_the_photo_is_moved(lab):
    lab.frame()
    before = {name: order.clone() for name, order in lab._order.items()}
    put(lab, zoom=3, across=0.4, blur=1).frame()
    assert all(lab._order[name].equal(before[name]) for name in before)
    assert len(before) == len(lab.stages)


def test_a_picture_of_the_camera_is_looked_at_and_junk_is_refused(lab):
    green = torch.tensor([0.1, 0.9, 0.1]).view(1, 3, 1, 1).expand(1, 3, 80, 80)
    lab.receive(
        {"panel": "camera", "kind": "picture", "data": base64.b64encode(jpeg(green)).decode()}
    )
    assert lab.settings["of"] == "yours"
    assert lab.seen.plain[0, 1].mean() > 0.8
    assert "of" not in lab.address()
    for bad in (None, "§", "aGk=", "A" * 700_000):
        with pytest.raises(ValueError) as fault:
            lab.receive({"panel": "camera", "kind": "picture", "data": bad})
        assert is_one_sentence(str(fault.value))
    with pytest.raises(ValueError, match="Bring"):
        put(Photograph(OURS), of="yours")


def test_a_link_brings_the_paint_and_the_class(lab):
    put(lab, of="flower", zoom=2)
    paint(lab, [100, 100], [300, 250])
    lab.receive({"panel": "cover", "kind": "lift"})
    lab.receive({"panel": "says", "kind": "click", "unit": 1})
    other = Photograph(OURS)
    assert other.open({name: str(value) for name, value in lab.address().items()}) == {}
    assert other.seen.x.equal(lab.seen.x)
    assert other.chosen == lab.chosen
    assert list(other.open({"class": "100"})) == ["class"]


@pytest.mark.parametrize("own", [False, True])
def test_the_script_says_the_same(lab, capsys, tmp_path, monkeypatch, own):
    if own:
        monkeypatch.chdir(tmp_path)
        Path("photo.png").write_bytes(png(photo("cat")))
        lab.load_picture(photo("cat"))
    put(lab, zoom=1.5, blur=0.5)
    exec(lab.script(), {})
    lines = capsys.readouterr().out.splitlines()
    p, order = lab.seen.now.p.topk(5)
    assert lines == [
        f"{v:.4f} {lab.names[k]}" for v, k in zip(p.tolist(), order.tolist(), strict=True)
    ]
