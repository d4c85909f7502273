"""The survey against published numbers, against real runs, and against measured gradients."""

import pytest
import torch
from torch import nn

from labs.models.googlenet import GoogLeNet
from labs.models.lenet import LeNet5
from labs.models.mobilenet import MobileNetV2
from labs.models.resnet import BasicBlock, ResNet18
from labs.models.squeezenet import SqueezeNet
from labs.vision.architectures import survey
from labs.vision.architectures.catalogue import NETS, shell, surveyed
from labs.vision.architectures.shapes import RULES, carry_out
from tests.sentences import is_one_sentence

# torchvision's own tables: parameters, and 10^9 multiply-adds at 224 x 224
PUBLISHED = {
    "alexnet": (61_100_840, 0.714),
    "vgg16": (138_357_544, 15.47),
    "googlenet": (6_624_904, 1.498),
    "resnet18": (11_689_512, 1.814),
    "resnet50": (25_557_032, 4.089),
    "squeezenet": (1_235_496, 0.349),
    "mobilenet_v2": (3_504_872, 0.301),
}


@pytest.mark.parametrize("name", PUBLISHED)
def test_totals_are_the_published_ones(name):
    seen = surveyed(name, 224)
    parameters, macs = PUBLISHED[name]
    assert not seen.fault
    assert seen.parameters == parameters
    assert seen.macs / 1e9 == pytest.approx(macs, abs=0.0006)
    assert seen.layers[-1].shape == (1, 1000)


@pytest.mark.parametrize(
    ("name", "path", "reach"),
    [("vgg16", "features.30", 212), ("alexnet", "features.12", 195), ("resnet50", "layer4.2.relu",
     427), ("resnet18", "layer4.1.relu", 435), ("lenet", "pool2", 16)],
)  # fmt: skip
def test_receptive_fields_are_the_known_ones(name, path, reach):
    layers = {layer.name: layer for layer in surveyed(name, NETS[name].side).layers}
    assert layers[path].field.reach == reach


@pytest.mark.parametrize("net", [LeNet5, GoogLeNet, ResNet18, SqueezeNet, MobileNetV2])
def test_shapes_are_those_of_a_real_run(net):
    shape = (1, 1, 28, 28) if net is LeNet5 else (1, 3, 75, 75)
    model = net().eval()
    shapes: dict[str, tuple] = {}
    handles = [
        module.register_forward_hook(lambda _m, _i, y, n=name: shapes.update({n: tuple(y.shape)}))
        for name, module in model.named_modules()
        if not any(module.children())
    ]
    with torch.no_grad():
        model(torch.rand(shape))
    for handle in handles:
        handle.remove()
    with torch.device("meta"):
        seen = survey(net().eval(), shape)
    found = {layer.name: layer.shape for layer in seen.layers if layer.what}
    assert found == shapes
    assert seen.macs == survey(model, shape).macs


def test_the_field_is_what_the_gradient_reaches():
    model = nn.Sequential(
        nn.Conv2d(1, 2, 5, stride=2), nn.Conv2d(2, 2, 3, dilation=2), nn.AvgPool2d(2),
        BasicBlock(2, 2, 1),
    ).eval()  # fmt: skip
    for p in model.parameters():
        nn.init.constant_(p, 0.1)
    seen = survey(model, (1, 1, 61, 61))
    x = torch.ones(1, 1, 61, 61, requires_grad=True)
    y = model(x)
    (g,) = torch.autograd.grad(y[0, 0, y.shape[2] // 2, y.shape[3] // 2], x)
    rows = g[0, 0].abs().sum(1).nonzero()
    assert seen.layers[-1].field.reach == (rows[-1] - rows[0] + 1).item()


def test_a_residual_block_shows_its_sum():
    seen = surveyed("resnet18", 64)
    sums = [layer for layer in seen.layers if layer.kind == "add"]
    assert len(sums) == 8
    assert all(len(layer.sources) == 2 for layer in sums)
    joins = [layer for layer in surveyed("googlenet", 64).layers if layer.kind == "concatenate"]
    assert [len(layer.sources) for layer in joins] == [4] * 9


@pytest.mark.parametrize(
    ("name", "side", "at"),
    [("alexnet", 62, "features.12"), ("vgg16", 31, "features.30"), ("lenet", 20, "fc1"),
     ("googlenet", 14, "maxpool3"), ("squeezenet", 16, "features.8")],
)  # fmt: skip
def test_where_it_breaks_is_said(name, side, at):
    seen = surveyed(name, side)
    assert seen.at == at
    assert is_one_sentence(seen.fault)
    assert at in seen.fault
    channels = NETS[name].channels
    with pytest.raises(RuntimeError):
        NETS[name].make().eval()(torch.rand(1, channels, side, side))


@pytest.mark.parametrize("name", ["resnet18", "mobilenet_v2"])
def test_some_never_break(name):
    assert not surveyed(name, 1).fault


def test_no_hook_is_left_and_nothing_is_counted_twice():
    model = shell("resnet18")
    survey(model, (1, 3, 64, 64))
    survey(model, (1, 2, 64, 64))
    assert not any(m._forward_hooks or m._forward_pre_hooks for m in model.modules())
    shared = nn.Linear(4, 4)
    assert survey(nn.Sequential(shared, nn.ReLU(), shared), (1, 4)).parameters == 20


def test_the_rules_are_torchs():
    x, y = torch.rand(2, 3, 6, 5), torch.rand(3, 1, 1)
    cases = [
        (torch.cat, ([x, x[:, :2]], 1), {}),
        (torch.Tensor.mean, (x, (2, 3)), {}),
        (torch.Tensor.mean, (x, 1), {"keepdim": True}),
        (torch.Tensor.__sub__, (x, y), {}),
        (torch.add, (x, 1.0), {}),
        (nn.functional.relu6, (x,), {}),
        (nn.functional.adaptive_avg_pool2d, (x, 2), {}),
        (nn.functional.linear, (x, torch.rand(7, 5)), {}),
        (nn.functional.batch_norm, (x, torch.zeros(3), torch.ones(3)), {}),
    ]

    def meta(value):
        if isinstance(value, torch.Tensor):
            return value.to("meta")
        return [meta(v) for v in value] if isinstance(value, list) else value

    for func, args, kwargs in cases:
        assert func.__name__ in RULES
        got = carry_out(func, tuple(map(meta, args)), kwargs)
        assert got.shape == func(*args, **kwargs).shape, func
