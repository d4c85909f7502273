"""The twenty numbers: sliders, the plane through a code, the walk."""

import numpy as np
import pytest
import torch

from labs import zoo
from labs.data import doodles
from labs.drawing.doodle import as_doodle
from labs.drawing.on_pad import sample
from labs.generative.autoencoders import Numbers
from labs.generative.autoencoders.nets import NETS
from labs.generative.autoencoders.numbers.directions import most_different, split, two_numbers
from labs.live import encode


def test_a_code_is_its_middle_and_its_place(rng):
    codes = torch.randn(500, 20, generator=rng) * torch.linspace(3, 0.1, 20)
    at = most_different(codes)
    torch.testing.assert_close(at.T @ at, torch.eye(2), atol=1e-5, rtol=0)
    assert (at[:2].abs().amax(0) > 0.9).all()  # the two numbers that vary most
    for directions in (at, two_numbers(3, 7, 20), two_numbers(19, 19, 20)):
        middle, place = split(codes[0], directions)
        torch.testing.assert_close(middle + directions @ place, codes[0])
        assert (directions.T @ middle).abs().max() < 1e-5
    assert two_numbers(19, 19, 20).sum(0).tolist() == [1, 1]
    assert two_numbers(19, 19, 20)[0, 1] == 1


def test_a_slider_decodes_at_once_and_a_new_drawing_takes_over():
    lab = Numbers()
    own = lab.frame()
    lab.receive({"panel": "second", "kind": "slide", "name": "z12", "value": 2.5})
    frame = lab.frame()
    z = lab.own.clone()
    z[11] = 2.5
    torch.testing.assert_close(frame.maps["picture"], lab.net.decode(z[None])[0])
    assert not torch.equal(frame.maps["picture"], own.maps["picture"])
    torch.testing.assert_close(frame.maps["rebuilt"], own.maps["rebuilt"])
    lab.receive({"panel": "x", "kind": "sample", "value": 0})
    want = zoo.load("vae-mnist").encode(sample(0))[0]
    torch.testing.assert_close(lab.frame().maps["picture"], lab.net.decode(want)[0])
    for bad in ("z0", "z21", None, "z1 "):
        with pytest.raises(ValueError, match="no number"):
            lab.receive({"panel": "first", "kind": "type", "name": bad, "value": 1})


def test_the_dot_goes_along_the_plane_and_the_carpet_stays():
    lab = Numbers()
    encode(lab.frame())
    lab.receive({"panel": "codes", "kind": "handle", "index": 0, "x": 1.5, "y": -2.0})
    frame = lab.frame()
    assert "codes" not in frame.maps  # the same plane: the browser has its carpet
    at = lab.directions
    torch.testing.assert_close(at.T @ lab.z, torch.tensor([1.5, -2.0]), atol=1e-5, rtol=0)
    middle, _ = split(lab.own, at)
    torch.testing.assert_close(split(lab.z, at)[0], middle, atol=1e-5, rtol=0)
    lab.receive({"setting": "plane", "value": "two"})
    assert "codes" in lab.frame().maps
    lab.receive({"panel": "first", "kind": "slide", "name": "z1", "value": 3})
    assert "codes" not in lab.frame().maps  # along the plane through z1 and z2
    lab.receive({"panel": "first", "kind": "slide", "name": "z9", "value": 3})
    assert "codes" in lab.frame().maps


def test_the_walk_goes_from_one_drawing_to_another():
    lab = Numbers()
    lab.receive({"panel": "x", "kind": "sample", "value": 6})
    lab.receive({"setting": "keep_a"})
    lab.receive({"setting": "walk", "value": 0.5})
    codes = torch.cat([lab.encode(sample(6)), lab.encode(sample(7))])
    torch.testing.assert_close(lab.z, codes.mean(0))
    torch.testing.assert_close(
        lab.frame().maps["between"][4], lab.net.decode(codes.mean(0)[None])[0, 0]
    )


def test_the_script_decodes_the_code_of_now(printed, tmp_path):
    lab = Numbers()
    lab.receive({"panel": "first", "kind": "slide", "name": "z6", "value": -2})
    (tmp_path / "vae-mnist.safetensors").write_bytes(zoo.stored("vae-mnist"))
    ink = lab.net.decode(lab.z[None]).sum().item()
    assert float(printed(lab.script()).split()[1]) == pytest.approx(ink, abs=0.01)


def test_doodles_have_a_net_and_codes_of_their_own():
    lab = Numbers()
    lab.receive({"setting": "net", "value": "doodles"})
    frame = lab.frame()
    encode(frame)
    assert frame.notes["codes"]["names"] == list(lab.kind.names)
    assert lab.net is zoo.load("vae-doodles")
    assert zoo.manifest()["vae-doodles"]["metrics"]["negative_elbo"] < 215
    before = lab.seen
    lab.receive({"setting": "another"})
    assert (lab.seen - before).abs().sum() > 20
    assert "another" not in lab.frame().notes["hidden"]
    own = lab.net.decode(lab.own[None])
    other = lab.net.decode(lab.codes.mean[50:100])
    assert (own - lab.seen).square().sum() < (other - lab.seen).square().flatten(1).sum(1).min() + 9
    lab.receive({"setting": "net", "value": "digits"})
    assert lab.net is zoo.load("vae-mnist")


def test_a_doodle_is_drawn_as_large_as_the_paper():
    square = np.array([[0, 0], [0, 100], [100, 100], [100, 0], [0, 0]], float)
    for strokes in ([square], [2 * square + 7]):
        x = as_doodle(strokes)
        assert x.shape == (1, 1, 28, 28)
        assert x[0, 0, 1].max() > 0.3  # the upper side
        assert x[0, 0, 4:-4, 4:-4].max() == 0
        torch.testing.assert_close(x, x.flip(-1), atol=0.2, rtol=0)
    assert as_doodle([]).sum() == 0
    assert as_doodle([np.array([[3.0, 4.0]])]).sum() > 0


def test_the_doodles_that_are_shown_as_test_pictures_were_held_out():
    """Drawings that came as strokes may be among the bitmaps that the net learned from."""
    assert set(NETS["doodles"].names) <= set(doodles.AS_BITMAPS)
    assert len(NETS["doodles"].names) <= 10  # colours
