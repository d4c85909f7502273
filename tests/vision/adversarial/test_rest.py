"""Survival, the plane, the curves, the table, the defence, the script."""

import io
import re
import runpy

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from PIL import Image
from torch import nn

from labs.data import Split, digits
from labs.images import decode
from labs.live.frame import encode
from labs.vision.adversarial import Adversarial, accuracy, export, formulas, survive
from labs.vision.adversarial.attacks import ATTACKS
from labs.vision.adversarial.controls import SURVIVAL
from labs.vision.adversarial.defence import Defence, roughness
from labs.vision.adversarial.nets import Prepared, network
from labs.vision.adversarial.plane import plane
from labs.vision.adversarial.smallest import Smallest
from labs.vision.adversarial.subjects import sample_digits
from labs.vision.adversarial.words import attack_name
from tests.vision.adversarial.hand import setting


@pytest.mark.parametrize("channels", [1, 3])
def test_treatments_leave_pictures(channels, rng):
    usual = {knob.name: knob.default for knob in SURVIVAL}
    x = F.interpolate(torch.rand(1, channels, 6, 6, generator=rng), 28, mode="bilinear")
    for name, image in survive.treated(x, usual).items():
        assert image.shape == x.shape, name
        assert image.min() >= 0
        assert image.max() <= 1
        assert not torch.equal(image, x)
    nothing = {"quality": 100, "blur": 0, "turn": 0, "crop": 0}
    for name, image in survive.treated(x, nothing).items():
        close = 0.1 if name == "jpeg" else 0.51 / 255
        assert (image - x).abs().mean() < close, name


def test_a_png_keeps_every_level():
    x = torch.arange(256.0).view(1, 1, 16, 16) / 255
    assert torch.equal(survive.eight_bits(x), x)


def test_a_turn_by_ninety_degrees_is_a_turn(rng):
    x = torch.rand(1, 1, 28, 28, generator=rng)
    torch.testing.assert_close(survive.turn(x, 90), x.rot90(-1, (2, 3)), atol=1e-4, rtol=0)


def test_a_prepared_net_is_the_same_function(rng):
    from labs import zoo

    x = torch.rand(2, 3, 64, 64, generator=rng)
    net = zoo.load("photo-net")
    torch.testing.assert_close(Prepared(net)(x), net(x), atol=1e-3, rtol=1e-3)
    assert any(isinstance(m, nn.BatchNorm2d) for m in net.modules())  # the shared one is whole


def test_the_plane_holds_the_picture_and_the_attack():
    lab = Adversarial()
    found = plane(lab.model, lab.run)
    middle = len(found.along) // 2
    assert found.classes[middle, middle] == lab.run.says
    assert found.size[middle, middle].item() == pytest.approx(0, abs=1e-5)
    assert found.path[0].abs().max() == 0
    length = (lab.run.moments[-1].image - lab.run.x).norm().item()
    assert found.path[-1, 0].item() == pytest.approx(length, rel=1e-3)
    assert found.path[-1, 1].item() == pytest.approx(0, abs=1e-3)
    assert found.classes.unique().numel() > 1
    lab.receive({"setting": "eps_linf", "value": 0})
    assert plane(lab.model, lab.run) is None


def test_accuracy_falls_under_attack_and_hardly_under_noise():
    model, data = network("lenet-mnist"), accuracy.source("Drawing")
    x, y = (part[:60] for part in accuracy.pictures("Drawing", "lenet-mnist", data))
    lines = {
        line: [accuracy.standing(model, x, y, line, eps, "linf") for eps in (0, 0.1, 0.25)]
        for line in accuracy.LINES
    }
    assert len({line[0] for line in lines.values()}) == 1
    assert lines["noise"][0] > 0.9
    assert lines["PGD-10"][1] <= lines["FGSM"][1] < lines["noise"][1]
    assert lines["PGD-10"][2] < 0.1
    assert lines["FGSM"][2] < lines["universal"][2] < lines["noise"][2]
    assert "UCI" in data or "MNIST" in data


def test_a_relapse_is_a_larger_budget_that_loses():
    assert Smallest(0.1, (0.05, 0.1, 0.2), (False, True, True)).relapse is None
    assert Smallest(0.1, (0.05, 0.1, 0.2), (False, True, False)).relapse == (0.1, 0.2)
    assert Smallest(None, (0.1,), (False,)).relapse is None


def test_the_sample_digits_are_read_right():
    for name in ("lenet-mnist", "lenet-mnist-robust"):
        assert network(name)(sample_digits()).argmax(1).tolist() == list(range(10))


def small_split() -> Split:
    split = digits.small()
    return Split(split.x[:600], split.y[:600], split.x_test[:100], split.y_test[:100], "few", "UCI")


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_the_defended_net_learns_and_bears_more():
    lab = Defence(small_split())
    same = [torch.equal(a, b) for a, b in zip(
        lab.standard.model.parameters(), lab.robust.model.parameters(), strict=True
    )]  # fmt: skip
    assert all(same)
    for _ in range(160):
        assert lab.step()
    _, clean, attacked = lab.standard.looks[-1]
    _, robust_clean, robust_attacked = lab.robust.looks[-1]
    assert clean > 0.8
    assert robust_clean > 0.7
    assert robust_attacked > attacked + 0.15
    encode(lab.frame())
    lab.receive({"setting": "again", "value": True})
    assert lab.steps == 0


def test_a_wild_rate_is_told():
    lab = Defence(small_split())
    lab.settings["learning_rate"] = 1e6  # beyond what the knob allows, so that it fails fast
    while lab.step():
        assert lab.steps < 40
    assert "overshoot" in lab.frame().notes["say"]
    with pytest.raises(ValueError, match="Learning rate"):
        lab.receive({"setting": "learning_rate", "value": 9})


def test_roughness_is_of_neighbours():
    assert roughness(torch.ones(2, 5, 5)) == 0
    board = (torch.arange(5)[:, None] + torch.arange(5)) % 2 * 2.0 - 1
    assert roughness(board[None]) == 2


@pytest.mark.parametrize("attack", ["fgsm", "pgd", "deepfool", "universal"])
def test_the_script_makes_the_same_picture(attack, tmp_path, monkeypatch, capsys):
    lab = Adversarial()
    lab.receive({"setting": "attack", "value": attack})
    while lab.step():
        pass
    (tmp_path / "attack.py").write_text(lab.script())
    monkeypatch.chdir(tmp_path)
    runpy.run_path("attack.py")
    verdict = lab.run.verdict
    mine = (verdict.image[0, 0] * 255).round().byte().numpy()
    np.testing.assert_array_equal(np.array(Image.open("adversarial.png")), mine)
    delta = np.load("perturbation.npy", allow_pickle=False)
    np.testing.assert_allclose(delta, np.load(io.BytesIO(export.npy(lab.run))), atol=1e-7)
    said = capsys.readouterr().out
    assert said.startswith("step 0, loss ")  # what takes minutes says that it is at work
    assert f"class {verdict.says}, probability {verdict.p.max().item():.6f}" in said
    again = decode(export.png(verdict.image))
    assert torch.equal(again, verdict.image)
    assert "Read back" in export.reread(lab.scene)
    assert export.sources(lab.plan)


@pytest.mark.parametrize("attack", ATTACKS)
def test_every_attack_has_its_formula(attack):
    lab = setting(Adversarial(), attack=attack)
    assert len(formulas.blocks(lab.scene)) == 3
    assert attack_name(lab.plan) in formulas.blocks(lab.scene)[0][1]
    for norm in ATTACKS[attack].norms or ("l2",):
        free = formulas.formula(setting(lab, norm=norm, target="any").plan)
        aimed = formulas.formula(setting(lab, target="3").plan)
        assert ("y'" in aimed) == ATTACKS[attack].aims
        assert not re.search("[A-Z]{3}", free + aimed)  # every word was replaced
