"""Edges, corners, histograms and key points: what is written out is what scikit-image makes."""

import base64
import math
import runpy
from pathlib import Path

import numpy as np
import pytest
import torch
from skimage import feature

from labs.data.photos import photo
from labs.images import to_grey
from labs.pictures import jpeg
from labs.vision.features.corners import Corners
from labs.vision.features.corners.harris import eigenvalues, ellipse, response, structure_tensor
from labs.vision.features.edges import Edges
from labs.vision.features.edges.canny import canny
from labs.vision.features.gradients import Histograms
from labs.vision.features.gradients.hog import blocks, cells, differences, hog
from labs.vision.features.gradients.inverse import Inverse
from labs.vision.features.keypoints import Keypoints
from labs.vision.features.keypoints.points import Change, Points, changed, match, moved, points
from labs.vision.features.source import square
from tests.scripts import needed


def grey(name: str = "coffee", side: int = 96) -> torch.Tensor:
    return to_grey(square(photo(name), side)).double()


def test_edges_are_scikit_image_s(subtests):
    for name, sigma, low, high in (
        ("coffee", 0, 0.1, 0.2), ("cat", 0.7, 0.3, 0.9), ("china", 1.4, 0.2, 0.4),
        ("astronaut", 3.0, 0.05, 0.3), ("cat", 1.4, 2.9, 3.0),
    ):  # fmt: skip
        with subtests.test(name, sigma=sigma):
            x = grey(name)
            peer = feature.canny(x[0, 0].numpy(), sigma, low, high)
            assert (canny(x, sigma, low, high).edges[0, 0].numpy() == peer).all()


def test_edges_of_a_step_are_one_pixel_wide_and_a_flat_picture_has_none():
    x = torch.zeros(1, 1, 32, 32, dtype=torch.float64)
    assert not canny(x + 0.4, 1.0, 0.01, 0.01).edges.any()
    x[..., 16:] = 1
    edges = canny(x, 1.0, 0.1, 0.2).edges[0, 0, 4:-4]
    assert (edges.sum(1) <= 2).all()  # both sides of the step are equally steep
    assert (edges.sum(1) >= 1).all()


def test_corners_are_scikit_image_s():
    x = grey()
    for sigma, k in ((0.5, 0.05), (1.5, 0.2), (4.0, 0.0)):
        m = structure_tensor(x, sigma)
        peer = feature.corner_harris(x[0, 0].numpy(), k=k, sigma=sigma)
        np.testing.assert_allclose(response(m, k).numpy(), peer, atol=1e-10)
        parts = feature.structure_tensor(x[0, 0].numpy(), sigma=sigma, order="xy")
        np.testing.assert_allclose(m.numpy(), np.stack(parts), atol=1e-10)
        peers = feature.structure_tensor_eigenvalues(parts)
        np.testing.assert_allclose(eigenvalues(m).numpy(), peers, atol=1e-10)


def test_the_ellipse_is_the_spread_of_the_gradients():
    a, b, c = 3.2, 0.8, 0.5
    g = ellipse(a, b, c)
    inverse = torch.linalg.inv(torch.tensor([[a, b], [b, c]], dtype=torch.float64))
    assert torch.allclose(torch.einsum("in,ij,jn->n", g, inverse, g), torch.ones(90).double())
    assert torch.isfinite(ellipse(1.0, 0.0, 0.0)).all()  # a line


def test_histograms_are_scikit_image_s():
    x = grey("astronaut", 100)  # no multiple of the cell
    for cell in (5, 8, 16):
        peer = feature.hog(x[0, 0].numpy(), 9, (cell, cell), (2, 2))
        np.testing.assert_allclose(hog(x, cell)[0].numpy(), peer, atol=1e-6)


def test_every_pixel_votes_once_and_mixed_votes_sum_to_the_same():
    x = grey("cat", 64)
    right, down = differences(x)
    total = (right.square() + down.square()).sqrt().sum()
    for mixed in (False, True):
        votes = cells(x, 8, mixed=mixed).sum() * 64
        assert votes.item() == pytest.approx(total.item(), rel=1e-6)


def test_a_picture_is_made_again_from_its_histograms():
    inverse = Inverse(grey("coffee", 48).float(), 8, 9)
    for _ in range(40):
        inverse.step()
    assert inverse.losses[0] > 0.5
    assert inverse.losses[-1] < 0.15
    made = blocks(cells(inverse.picture, 8, mixed=True)).flatten()
    cosine = torch.cosine_similarity(made, inverse.goal.flatten(), 0)
    assert cosine > 0.9  # contrast is no matter


@pytest.fixture(scope="module")
def seen() -> tuple[torch.Tensor, Points]:
    x = square(photo("astronaut"), 192)
    return x, points(x)


def test_places_move_with_the_picture():
    x = torch.zeros(1, 1, 65, 65)
    x[0, 0, 20, 40] = 1
    change = Change(30, 1.0, 1.0)
    y = changed(x, change)
    (row, col) = moved(torch.tensor([[20.0, 40.0]]), change, 65)[0].tolist()
    at = (y[0, 0] - y.min()).flatten().argmax().item()
    assert math.hypot(row - at // 65, col - at % 65) < 1


def test_sift_survives_a_turn_that_the_learned_descriptor_does_not(seen):
    x, first = seen
    change = Change(90, 1.0, 0.8)
    second = points(changed(x, change))
    by = {name: match(first, second, change, 192, 0.8, name) for name in ("sift", "_blocks.4")}
    assert by["sift"].found > 0.8
    assert by["sift"].share > 0.95
    assert by["_blocks.4"].found < 0.2


def test_the_same_picture_gives_the_same_points(seen):
    _, first = seen
    again = match(first, first, Change(), 192, 0.8, "sift")
    assert again.found > 0.95
    assert again.share == 1
    assert first.angles.numel() == len(first.places)


def test_a_direction_is_that_of_the_gradient():
    """A wide blob on a slope: its gradient points to the bright side."""
    y, x = torch.meshgrid(torch.arange(96.0), torch.arange(96.0), indexing="ij")
    blob = (-((y - 48) ** 2 + (x - 48) ** 2) / 60).exp()
    picture = (0.4 * blob + 0.4 * x / 96)[None, None].expand(1, 3, 96, 96)
    found = points(picture)
    middle = (found.places - 48).norm(dim=1).argmin()
    assert math.cos(found.angles[middle].item()) > 0.9  # to the right


def test_a_picture_without_key_points_says_so():
    empty = points(torch.full((1, 3, 192, 192), 0.5))
    assert len(empty.places) == 0
    assert math.isnan(match(empty, empty, Change(), 192, 0.8, "sift").found)


def test_a_blank_drawing_has_no_histogram_to_be_made_again():
    lab = Histograms()
    lab.receive({"panel": "x", "kind": "clear"})
    lab.receive({"setting": "source", "value": "drawing"})
    assert not lab.step()
    assert lab.steps == 0
    assert "nothing to make again" in lab.frame().notes["titles"]["again"]


def lines(lab: object, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    """Return what a lab's script prints, by the words before the colon."""
    script = lab.script()
    assert "labs" not in needed(script)
    file = tmp_path / "taken.py"
    file.write_text(script, "utf-8")
    capsys.readouterr()
    runpy.run_path(str(file), run_name="__main__")
    out = capsys.readouterr().out.splitlines()
    return dict(line.split(": ", 1) for line in out)


def test_the_scripts_give_the_numbers_on_the_screen(tmp_path, capsys):
    lab = Edges()
    lab.receive({"setting": "sigma", "value": 2.0})
    printed = lines(lab, tmp_path, capsys)
    assert int(printed["edge pixels"]) == int(lab.stages.edges.sum())
    assert printed["scikit-image"].endswith("differ: 0")
    lab = Corners()
    lab.receive({"setting": "source", "value": "drawing"})
    printed = lines(lab, tmp_path, capsys)
    assert int(printed["corners"]) == lab.evidence()[3]
    assert float(printed["farthest from scikit-image"]) < 1e-9
    lab = Histograms()
    printed = lines(lab, tmp_path, capsys)
    assert int(printed["numbers"]) == lab.inverse.goal.numel()
    lab = Keypoints()
    printed = lines(lab, tmp_path, capsys)
    now = lab.matches("sift")
    assert printed["matches"] == f"{len(now.pairs)} right: {int(now.right.sum())}"
    lab.receive({"panel": "x", "kind": "clear"})
    lab.receive({"setting": "source", "value": "drawing"})  # nothing: no key point
    assert lines(lab, tmp_path, capsys)["matches"] == "0 right: 0"


def test_a_picture_that_a_browser_sends_is_looked_at_or_refused_in_a_sentence():
    lab = Edges()
    data = base64.b64encode(jpeg(square(photo("cat"), 192))).decode()
    lab.receive({"panel": "camera", "kind": "picture", "data": data})
    assert lab.settings["source"] == "yours"
    assert (lab.colour - square(photo("cat"), 192)).abs().mean() < 0.02
    assert "source" not in lab.address()  # no address holds it
    for bad in (None, 3, "%%%", base64.b64encode(b"no picture").decode(), "A" * 700_000):
        with pytest.raises(ValueError, match=r"\.$"):
            lab.receive({"panel": "camera", "kind": "picture", "data": bad})
    assert lab.settings["source"] == "yours"


def test_the_lower_threshold_stays_below_the_upper_one():
    lab = Edges()
    lab.receive({"setting": "low", "value": 1.0})
    assert lab.settings["high"] == 1.0
    lab.receive({"setting": "high", "value": 0.3})
    assert lab.settings["low"] == 0.3
