"""Noise on pictures, the two wide nets, and what cleaning does."""

import pytest
import torch

from labs import zoo
from labs.data.spoil import UNKNOWN, discs, gaussian, hole, salt_and_pepper
from labs.drawing.on_pad import sample
from labs.generative.autoencoders import Denoising
from labs.generative.autoencoders.denoising.cleaning import cleanings, squared_errors
from labs.generative.autoencoders.denoising.experiment import NETS
from labs.live import encode

STROKE = {"panel": "hole", "kind": "stroke", "begin": True, "width": 128,
          "points": [[256, 200], [256, 300]]}  # fmt: skip


def test_noise_is_what_its_name_says(rng):
    x = torch.full((4, 1, 100, 100), 0.5)
    noisy = gaussian(x, 0.1, rng)
    assert noisy.std().item() == pytest.approx(0.1, rel=0.05)
    assert noisy.mean().item() == pytest.approx(0.5, abs=0.01)
    each = gaussian(x, torch.tensor([0.0, 0.05, 0.1, 5.0]).view(4, 1, 1, 1), rng)
    assert each[0].std() == 0
    assert each[1].std() < each[2].std()
    assert 0 <= each.min() <= each.max() <= 1
    spotted = salt_and_pepper(x, 0.3, rng)
    assert (spotted == 0).float().mean().item() == pytest.approx(0.15, abs=0.01)
    assert (spotted == 1).float().mean().item() == pytest.approx(0.15, abs=0.01)
    assert torch.equal(salt_and_pepper(x, 0.0, rng), x)
    where = discs(200, 28, (4.0, 4.0), rng)
    assert where.shape == (200, 1, 28, 28)
    assert where.sum((1, 2, 3)).max().item() == pytest.approx(torch.pi * 16, rel=0.1)
    gone = hole(torch.zeros(200, 1, 28, 28), where)
    assert torch.equal(gone == UNKNOWN, where)


def test_noise_in_training_is_what_cleans():
    """Errors as the manifest has them, and the same order on drawings of this project."""
    noisy, copying = (zoo.manifest()[name]["metrics"] for name in NETS)
    for kind in ("gaussian", "salt_and_pepper"):
        assert noisy[f"squared_error_{kind}"] < 15 < 50 < copying[f"squared_error_{kind}"]
    assert copying["squared_error_clean"] < noisy["squared_error_clean"] < 5
    clean = torch.cat([sample(digit) for digit in range(10)])
    x = gaussian(clean, 0.4, torch.Generator().manual_seed(3))
    before, mine, twins = (
        squared_errors(p, clean).mean() for p in (x, *(zoo.load(n)(x) for n in NETS))
    )
    assert mine < 0.25 * before < before < twins


def test_a_wide_code_is_tied():
    net = zoo.load("dae-mnist")
    x = sample(3)
    code = (net.W @ x.flatten() + net.b).clamp_min(0)
    want = torch.sigmoid(code @ net.W + net.c).view(1, 1, 28, 28)
    torch.testing.assert_close(net(x), want, atol=1e-5, rtol=1e-4)
    runs = cleanings(net, x, 3)
    torch.testing.assert_close(runs[3:], net(net(net(x))), atol=1e-6, rtol=1e-5)


def test_a_hole_is_painted_and_taken_away():
    lab = Denoising()
    lab.receive({"setting": "gauss", "value": 0})
    lab.receive(STROKE)
    frame = lab.frame()
    encode(frame)
    hidden = lab.hidden[0]
    assert hidden[0, 12, 14]
    assert not hidden[0, 2, 2]
    assert (frame.maps["spoiled"][hidden] == UNKNOWN).all()
    torch.testing.assert_close(frame.maps["spoiled"][~hidden], frame.maps["seen"][~hidden])
    assert frame.values["errors"][1, 0] == frame.values["errors"][2, 0] > 0
    lab.receive({"setting": "whole"})
    assert lab.frame().values["errors"][1, 0] == 0


def test_no_noise_is_said_and_an_empty_pad_says_no_nan():
    lab = Denoising()
    lab.receive({"setting": "gauss", "value": 0})
    assert "no noise yet" in lab.frame().notes["say"]
    lab.receive({"panel": "x", "kind": "clear"})
    assert "nan" not in str(lab.frame().notes).lower()


def test_the_script_gives_the_same_errors(printed, tmp_path):
    lab = Denoising()
    lab.receive(STROKE)
    lab.receive({"setting": "times", "value": 3})
    for name in NETS:
        (tmp_path / f"{name}.safetensors").write_bytes(zoo.stored(name))
    found = [float(line.split()[-1]) for line in printed(lab.script()).splitlines()]
    errors = lab.frame().values["errors"]
    assert found == pytest.approx(
        [errors[1, 0].item(), errors[1, 3].item(), errors[2, 3].item()], rel=0.05, abs=0.3
    )
