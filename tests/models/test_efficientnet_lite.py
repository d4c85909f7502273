"""EfficientNet-Lite0: the published weights fit, folding changes nothing, it knows photographs."""

import copy
from pathlib import Path

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from labs import zoo
from labs.images import decode
from labs.models.efficientnet_lite import EfficientNetLite0, SameConv2d
from labs.models.fold import fold
from labs.models.imagenet import centre, classes

SHARED = Path(__file__).parents[3] / "shared" / "data" / "imagenet"


@pytest.mark.parametrize("side", [7, 8, 9])
@pytest.mark.parametrize("kernel", [3, 5])
@pytest.mark.parametrize("stride", [1, 2])
def test_same_padding_is_tensorflows(side, kernel, stride, rng):
    conv = SameConv2d(2, 3, kernel, stride, bias=False)
    x = torch.randn(1, 2, side, side + 1, generator=rng)
    pads = []
    for n in (side + 1, side):  # as TensorFlow states it, by the remainder of the division
        whole = max(kernel - (n % stride or stride), 0)
        pads += [whole // 2, whole - whole // 2]
    want = F.conv2d(F.pad(x, pads), conv.weight, stride=stride)
    torch.testing.assert_close(conv(x), want)
    assert want.shape[-2:] == (-(-side // stride), -(-(side + 1) // stride))


def test_the_folded_net_is_the_same(rng):
    model = EfficientNetLite0().eval()
    for norm in (m for m in model.modules() if isinstance(m, nn.BatchNorm2d)):
        for values, low in ((norm.weight, 0.5), (norm.bias, -0.5), (norm.running_mean, -0.5),
                            (norm.running_var, 0.5)):  # fmt: skip
            values.data = low + torch.rand(values.shape, generator=rng)
    x = torch.rand(2, 3, 40, 56, generator=rng)
    fast = fold(copy.deepcopy(model))
    assert not any(isinstance(m, nn.BatchNorm2d) for m in fast.modules())
    assert any(isinstance(m, nn.BatchNorm2d) for m in model.modules())
    with torch.no_grad():
        want = model(x)
        torch.testing.assert_close(fast(x), want, rtol=1e-4, atol=1e-4 * want.abs().max().item())


def test_it_comes_with_the_installation_and_takes_any_size():
    model = zoo.load("efficientnet-lite0")
    assert sum(p.numel() for p in EfficientNetLite0().parameters()) == 4_652_008
    for height, width in ((32, 32), (97, 130), (224, 224)):
        x = torch.rand(1, 3, height, width, generator=torch.Generator().manual_seed(0))
        assert model(x).shape == (1, 1000)
        assert model.features(x).shape == (1, 1280)


@pytest.mark.skipif(not SHARED.exists(), reason="the photos lie beside the checkout")
def test_it_names_53_of_60_photos_and_57_among_five():
    model, names = zoo.load("efficientnet-lite0"), [name.lower() for name in classes()]
    photos = sorted((SHARED / "samples").glob("*.JPEG"))
    first = five = 0
    for photo in photos:
        label = names.index(photo.stem.split("_", 1)[1].replace("_", " ").lower())
        best = model(centre(decode(photo.read_bytes())))[0].topk(5).indices.tolist()
        first, five = first + (best[0] == label), five + (label in best)
    metrics = zoo.manifest()["efficientnet-lite0"]["metrics"]
    assert (first, five, len(photos)) == (
        metrics["photos_top1"], metrics["photos_top5"], metrics["photos"]
    )  # fmt: skip
