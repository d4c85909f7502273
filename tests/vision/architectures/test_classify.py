"""Photos, Grad-CAM and weights from strangers."""

import io
from pathlib import Path

import pytest
import torch
from safetensors.torch import save
from torch import nn

from labs import zoo
from labs.data.photos import photo
from labs.models.photo import CLASSES
from labs.models.squeezenet import SqueezeNet
from labs.trace import grad_cam, trace
from labs.vision.architectures.classify import HERE, OURS, classify, model_of, stage_names
from labs.vision.architectures.export import script
from labs.vision.architectures.timing import times
from labs.vision.architectures.weights import mismatches, put, read
from tests.sentences import is_one_sentence

SHARED = Path(__file__).parents[4] / "shared" / "data" / "imagenet"


@pytest.mark.parametrize("name", HERE)
def test_a_net_of_the_installation_answers_without_a_download(name):
    model, names, side = model_of(name)
    seen = classify(model, photo("cat"), names, side)
    assert len(seen.names) == len(seen.shares) == 5
    assert any("cat" in name or "tabby" in name for name in seen.names[:2])
    assert list(seen.shares) == sorted(seen.shares, reverse=True)
    assert seen.cam.shape == (side, side)
    assert 0 <= seen.cam.min() <= seen.cam.max() <= 1
    assert len(seen.stages) >= 3
    assert not any(m._forward_hooks for m in model.modules())


def test_grad_cam_is_captums(rng):
    from captum.attr import LayerGradCam

    model = zoo.load(OURS)
    x = torch.rand(1, 3, 64, 64, generator=rng).requires_grad_()
    layer = dict(model.named_modules())["stage4.0"]
    want = LayerGradCam(model, layer).attribute(x, target=3, relu_attributions=True)[0, 0]
    seen = trace(model, x, ["stage4.0"], scalar=lambda y: y[0, 3])
    got = grad_cam(seen.activations["stage4.0"][0], seen.gradients["stage4.0"][0])
    torch.testing.assert_close(got, want.detach(), atol=1e-5, rtol=1e-4)


@pytest.mark.skipif(not SHARED.exists(), reason="the weights lie beside the checkout")
def test_uploaded_squeezenet_names_a_photo():
    state = torch.load(SHARED / "squeezenet1_1_fp16.pth", weights_only=True)
    model, names, side = model_of("squeezenet", save(state))
    seen = classify(model, photo("cat"), names, side)
    assert any("cat" in name or "tabby" in name for name in seen.names[:2])
    assert stage_names(model, torch.rand(1, 3, 224, 224))[-1].startswith("features.1")


def test_hostile_and_foreign_files_are_refused_in_words(rng):
    buffer = io.BytesIO()
    torch.save(nn.Linear(2, 2).state_dict(), buffer)
    for data in (buffer.getvalue(), b"", b"\x80\x04junk", b"{}", bytes(999), b"\xff" * 64):
        with pytest.raises(ValueError) as fault:
            read(data)
        assert is_one_sentence(str(fault.value))


def test_mismatched_keys_are_listed_and_nothing_is_loaded():
    model = SqueezeNet()
    before = {k: v.clone() for k, v in model.state_dict().items()}
    state = {k: v + 1 for k, v in model.state_dict().items()}
    del state["features.0.bias"]
    state["extra"] = torch.ones(2)
    state["classifier.1.bias"] = torch.ones(3)
    lines = mismatches(model, state)
    assert len(lines) == 3
    with pytest.raises(ValueError, match="3 differences") as fault:
        put(model, state)
    assert all(name in str(fault.value) for name in ("features.0.bias", "extra", "(3,)"))
    assert is_one_sentence(str(fault.value)[:250] + ".")
    assert all(torch.equal(before[k], v) for k, v in model.state_dict().items())


def test_numbers_that_are_none_are_refused():
    model = nn.Linear(2, 2)
    state = {"weight": torch.tensor([[1.0, float("nan")], [0, 0]]), "bias": torch.zeros(2)}
    with pytest.raises(ValueError, match="NaN"):
        put(model, state)


def test_times_cover_every_leaf_and_leave_no_hook():
    model = nn.Sequential(nn.Conv2d(1, 4, 3), nn.ReLU(), nn.Flatten())
    taken = times(model, torch.rand(1, 1, 64, 64))
    assert list(taken) == ["0", "1", "2"]
    assert all(v > 0 for v in taken.values())
    assert not any(m._forward_hooks or m._forward_pre_hooks for m in model.modules())


def test_classes_and_unknown_names():
    assert len(CLASSES) == 100
    with pytest.raises(ValueError):
        model_of("nonsense")


@pytest.mark.parametrize(
    ("name", "total"), [("resnet18", 11689512), ("lenet", 61706), ("efficientnet_lite0", 4652008)]
)
def test_the_script_gives_the_totals(name, total, printed):
    out = printed(script(name, 28 if name == "lenet" else 224))
    assert f"parameters {total}" in out
    assert "1814073344" in out or name != "resnet18"
