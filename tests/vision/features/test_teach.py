"""Classes of one's own: the head is scikit-learn's, what is told is so, and files are checked."""

import base64
import io
import json
import runpy
import zipfile

import numpy as np
import pytest
import torch
from sklearn.linear_model import LogisticRegression

from labs.data.photos import photo
from labs.pictures import jpeg
from labs.vision.features import body, head
from labs.vision.features.head import factor, fit, leave_one_out, through
from labs.vision.features.learned import Learned
from labs.vision.features.learned.places import box, peaks
from labs.vision.features.source import square
from labs.vision.features.teach import Teach
from labs.vision.features.teach.answer import cam, plane, see
from labs.vision.features.teach.bundle import from_zip
from labs.vision.features.teach.examples import MOST, example_set


def random_set(n: int, d: int, k: int, rng: torch.Generator) -> tuple[torch.Tensor, torch.Tensor]:
    y = torch.arange(n) % k
    centres = 0.1 * torch.randn(k, d, generator=rng)
    return 0.5 * torch.randn(n, d, generator=rng) + centres[y], y


@pytest.mark.parametrize(
    ("n", "d", "k", "l2"), [(12, 300, 2, 1.0), (40, 300, 4, 0.02), (60, 12, 3, 0.3)]
)
def test_the_head_is_scikit_learn_s(n, d, k, l2, rng):
    x, y = random_set(n, d, k, rng)
    c = (2 if k == 2 else 1) / l2  # of two classes it has one vector, not two
    peer = LogisticRegression(C=c, max_iter=20000, tol=1e-10).fit(x.double().numpy(), y)
    mine = fit(x, y, k, l2=l2).double()(x.double()).softmax(1).numpy()
    np.testing.assert_allclose(mine, peer.predict_proba(x.double().numpy()), atol=2e-6)
    said = leave_one_out(x, y, k, l2=l2)
    for i in range(0, n, 5):
        kept = torch.arange(n) != i
        other = LogisticRegression(C=c, max_iter=5000).fit(x[kept].numpy(), y[kept])
        assert other.predict(x[i : i + 1].numpy())[0] == said[i]


def test_the_head_is_at_the_optimum_also_far_from_it(rng):
    """Features a thousand times as large, where a full Newton step goes too far."""
    x, y = random_set(20, 50, 3, rng)
    x = 1000 * x
    head = fit(x, y, 3, l2=0.01).requires_grad_(True)
    loss = torch.nn.functional.cross_entropy(head(x), y, reduction="sum")
    loss = loss + 0.005 * head.weight.square().sum()
    (slope,) = torch.autograd.grad(loss, head.weight)
    assert slope.abs().max() < 1e-2  # of features of 1000


def test_what_no_head_can_be_fitted_to_is_refused(rng):
    x, y = random_set(6, 4, 2, rng)
    for labels, classes, l2 in ((y, 3, 1.0), (y, 2, 0.0), (y, 2, float("nan")), (y[:3], 2, 1.0)):
        with pytest.raises(ValueError, match="got"):
            fit(x, labels, classes, l2=l2)


def test_features_are_the_means_of_the_last_maps():
    x = square(photo("cat"), 128)
    seen = see(x)
    assert body.features(x).shape == (1, 1280)
    assert torch.allclose(body.features(x), seen.features["learned"], atol=1e-5)


def test_the_class_map_is_grad_cam_by_autograd():
    lab = Teach()
    head, seen = lab.heads.by["learned"], lab.seen
    maps = seen.maps.clone().requires_grad_()
    head(maps.mean((1, 2))[None])[0, 1].backward()
    wanted = (maps.grad.mean((1, 2)).view(-1, 1, 1) * seen.maps).sum(0).relu()
    wanted = wanted / wanted.max().clamp_min(1e-12)
    wanted = torch.nn.functional.interpolate(wanted[None, None], (128, 128), mode="bilinear")
    assert torch.allclose(cam(head, seen, 1), wanted[0, 0], atol=1e-4)


def test_the_map_is_the_principal_components(rng):
    x = torch.randn(20, 50, generator=rng)
    places, here, share = plane(x, x[3:4])
    _, s, v = torch.linalg.svd((x - x.mean(0)).double(), full_matrices=False)
    wanted = (x - x.mean(0)).double() @ v[:2].T
    for mine, theirs in zip(places, wanted.T, strict=True):
        assert torch.corrcoef(torch.stack([mine, theirs]))[0, 1].abs() > 1 - 1e-6
    assert torch.allclose(here, places[:, 3], atol=1e-6)
    assert share == pytest.approx((s[:2].square().sum() / s.square().sum()).item())


def test_textures_need_learned_features_and_colours_need_pixels():
    lab = Teach()
    lab.settle()
    textures = lab.accuracy
    lab.receive({"setting": "set", "value": "paints"})
    lab.settle()
    paints = lab.accuracy
    assert textures["learned"] > 0.9 > textures["hog"] > textures["pixels"]
    assert paints["learned"] > 0.9
    assert paints["pixels"] > 0.8 > 0.4 > paints["hog"]


def test_examples_come_go_and_change_their_class():
    lab = Teach()
    before = example_set("textures")[0]
    lab.receive({"panel": "classes", "kind": "add", "unit": 1})
    lab.receive({"panel": "classes", "kind": "add", "unit": 1})  # held, but nothing new is seen
    assert len(lab.examples) == len(before) + 1
    data = base64.b64encode(jpeg(square(photo("cat"), 128))).decode()
    lab.receive({"panel": "classes", "kind": "bring", "unit": 2, "data": data})
    lab.receive({"panel": "classes", "kind": "name", "unit": 2, "value": "  my\x00 cat "})
    assert lab.examples.names[2] == "my cat"
    lab.receive({"panel": "map", "kind": "relabel", "index": 0, "label": 2})
    lab.receive({"panel": "map", "kind": "remove", "index": 1})
    assert lab.examples.labels[:2] == [2, 0]
    assert lab.settings["set"] == "yours"
    assert len(before) == len(example_set("textures")[0]) == 18  # shared, and as it was
    for event in (
        {"panel": "classes", "kind": "name", "unit": 0, "value": "grass"},
        {"panel": "classes", "kind": "name", "unit": 0, "value": ""},
        {"panel": "map", "kind": "remove", "index": 99},
        {"panel": "map", "kind": "relabel", "index": 0, "label": 7},
    ):
        with pytest.raises(ValueError, match=r"\.$"):
            lab.receive(event)


def test_there_is_room_for_so_many_and_two_classes_stay():
    lab = Teach()
    lab.begin_own()
    for _ in range(MOST - 2):
        lab.examples.keep(lab.seen.picture, lab.seen.features, 0)
    with pytest.raises(ValueError, match="room for 120"):
        lab.receive({"panel": "classes", "kind": "add", "unit": 1})
    with pytest.raises(ValueError, match="Two classes"):
        lab.receive({"panel": "classes", "kind": "drop", "unit": 1})
    with pytest.raises(ValueError, match="Two classes"):
        lab.receive({"panel": "map", "kind": "remove", "index": 1})


def test_a_set_is_saved_and_comes_back_and_its_script_says_the_same(tmp_path, capsys, monkeypatch):
    lab = Teach()
    lab.receive({"panel": "classes", "kind": "name", "unit": 0, "value": "Ziegel ß"})
    lab.receive({"panel": "map", "kind": "relabel", "index": 0, "label": 1})
    lab.settle()
    data = lab.bundle()
    other = Teach()
    other.take(data)
    assert other.examples.names == lab.examples.names
    assert other.examples.labels == lab.examples.labels
    assert all(map(torch.equal, other.examples.pictures, lab.examples.pictures))
    assert other.remark.startswith("Loaded")
    (tmp_path / "classes.zip").write_bytes(data)
    (tmp_path / "script.py").write_text(lab.script(), "utf-8")
    monkeypatch.chdir(tmp_path)
    runpy.run_path(str(tmp_path / "script.py"), run_name="__main__")
    out = capsys.readouterr().out.splitlines()
    right = round(lab.accuracy["learned"] * len(lab.examples))
    assert out[-1] == f"right when left out: {right}"


def changed_zip(data: bytes, **files: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            new.writestr(name, files.get(name.split(".")[0], old.read(name)))
    return buffer.getvalue()


def test_a_file_that_is_no_set_is_refused_in_a_sentence(subtests):
    good = Teach().bundle()
    told = json.loads(zipfile.ZipFile(io.BytesIO(good)).read("classes.json"))
    cases = {
        "no zip": b"PK no zip",
        "cut": good[: len(good) // 2],
        "no json": changed_zip(good, classes=b"{"),
        "a label too many": changed_zip(
            good, classes=json.dumps(told | {"labels": [*told["labels"], 0]}).encode()
        ),
        "a label that is none": changed_zip(
            good, classes=json.dumps(told | {"labels": ["0"] * 18}).encode()
        ),
        "one class": changed_zip(good, classes=json.dumps(told | {"names": ["a"]}).encode()),
        "no penalty": changed_zip(good, classes=json.dumps(told | {"l2": 0}).encode()),
        "another head": changed_zip(good, head=b"\x00" * 90),
        "no picture": changed_zip(good, **{"pictures/003": b"GIF"}),
        "a bomb": changed_zip(good, **{"pictures/003": b"\x00" * 500_000}),
        "large": b"\x00" * 13_000_000,
    }
    for name, data in cases.items():
        with subtests.test(name), pytest.raises(ValueError, match=r"\.$"):
            from_zip(data)


def test_the_strongest_cell_of_every_first_kernel_is_the_sum_that_is_shown():
    lab = Learned()
    for k in (0, 5, 17, 31):
        lab.receive({"panel": "s0", "kind": "click", "unit": k, "row": 0, "col": 0})
        frame = lab.frame()
        bias = body.net()._conv_stem.bias[k]
        total = (frame.values["arithmetic.product"].sum() + bias).clamp(0, 6)
        assert total.item() == pytest.approx(lab.maps["_relu0"][k].max().item(), abs=1e-4)


def test_boxes_stay_in_the_picture_and_peaks_are_apart():
    one = torch.zeros(6, 6)
    one[1, 1], one[1, 2], one[5, 5] = 3, 2, 1
    assert peaks(one, 2) == [(1, 1), (5, 5)]
    for cell in ((0, 0), (6, 6)):
        top, left, bottom, right = box(cell, 32, 224)
        assert 0 <= top < bottom <= 224
        assert 0 <= left < right <= 224


def test_the_factor_is_of_the_loss_s_second_derivative(rng):
    """Also of fewer examples, and the bias with a penalty of its own."""
    x, y = random_set(9, 4, 3, rng)
    z = torch.cat([x, torch.ones(9, 1)], 1).double()
    t = torch.randn(5, 3, generator=rng).double()
    penalty = torch.tensor([[0.5], [0.5], [0.5], [0.5], [1e-3]]).double()
    counted = (torch.arange(9) != 4).double()

    def loss(t: torch.Tensor) -> torch.Tensor:
        each = torch.nn.functional.cross_entropy(z @ t, y, reduction="none")
        return (each * counted).sum() + (penalty * t.square()).sum() / 2

    wanted = torch.autograd.functional.hessian(loss, t).view(15, 15)
    lower = factor(z, (z @ t).softmax(1), penalty, counted)
    torch.testing.assert_close(lower @ lower.T, wanted)
    goal = torch.randn(2, 5, 3, generator=rng).double()
    found = through(lower, goal).view(2, 15) @ wanted
    torch.testing.assert_close(found, goal.view(2, 15))


def test_leaving_out_takes_few_steps(monkeypatch):
    """The Hessian of all examples is nearly that of all but one: conjugate gradients end soon."""
    taken: list[int] = []

    def counting(lower: torch.Tensor, goal: torch.Tensor) -> torch.Tensor:
        taken.append(len(goal))
        return through(lower, goal)

    examples = example_set("textures")[0]
    monkeypatch.setattr(head, "through", counting)
    leave_one_out(examples.features("learned"), examples.targets, 3, l2=1.0)
    assert taken.count(len(examples)) < 30  # of all sets at once; without it there were 60


def test_the_small_pictures_follow_the_examples():
    examples = example_set("textures")[0].copy()
    examples.add(torch.ones(1, 3, 128, 128), 0)
    examples.remove(0)
    assert len(examples.small) == len(examples.pictures) == len(examples)
    for small, whole in zip(examples.small, examples.pictures, strict=True):
        mean = torch.nn.functional.interpolate(whole[None] / 255, (44, 44), mode="area")[0]
        assert (small / 255 - mean).abs().max() < 1 / 255
