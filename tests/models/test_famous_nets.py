"""The famous architectures: published counts, torchvision's names, and real weights on photos."""

from pathlib import Path

import pytest
import torch
from torch import nn

from labs.images import decode
from labs.models.alexnet import AlexNet
from labs.models.googlenet import GoogLeNet
from labs.models.imagenet import Normalise, centre, classes
from labs.models.lenet import LeNet5
from labs.models.mobilenet import MobileNetV2
from labs.models.resnet import ResNet18, ResNet50
from labs.models.squeezenet import SqueezeNet
from labs.models.vgg import VGG16

SHARED = Path(__file__).parents[3] / "shared" / "data" / "imagenet"
PUBLISHED = {
    LeNet5: 61_706,
    AlexNet: 61_100_840,
    VGG16: 138_357_544,
    GoogLeNet: 6_624_904,
    ResNet18: 11_689_512,
    ResNet50: 25_557_032,
    SqueezeNet: 1_235_496,
    MobileNetV2: 3_504_872,
}
PHOTO_NETS = [net for net in PUBLISHED if net is not LeNet5]


def shell(net: type[nn.Module]) -> nn.Module:
    with torch.device("meta"):
        return net().eval()


@pytest.mark.parametrize("net", PUBLISHED)
def test_parameters_are_the_published_ones(net):
    assert sum(p.numel() for p in shell(net).parameters()) == PUBLISHED[net]


@pytest.mark.parametrize("net", PHOTO_NETS)
@pytest.mark.parametrize("size", [(224, 224), (180, 250)])
def test_any_size_of_photo_gives_a_thousand_logits(net, size):
    assert shell(net)(torch.empty(2, 3, *size, device="meta")).shape == (2, 1000)


@pytest.mark.parametrize("net", PHOTO_NETS)
def test_grey_or_flat_input_is_refused_in_words(net):
    with pytest.raises(ValueError, match="colour photos"):
        shell(net)(torch.empty(1, 1, 224, 224, device="meta"))


@pytest.mark.parametrize(
    ("net", "name", "shape"),
    [
        (AlexNet, "features.10.weight", (256, 256, 3, 3)),
        (AlexNet, "classifier.6.bias", (1000,)),
        (VGG16, "features.28.weight", (512, 512, 3, 3)),
        (VGG16, "classifier.3.weight", (4096, 4096)),
        (GoogLeNet, "conv1.bn.running_var", (64,)),
        (GoogLeNet, "inception4e.branch3.1.conv.weight", (128, 32, 3, 3)),
        (GoogLeNet, "inception5b.branch4.1.bn.weight", (128,)),
        (ResNet18, "layer3.0.downsample.0.weight", (256, 128, 1, 1)),
        (ResNet50, "layer1.0.downsample.1.running_mean", (256,)),
        (ResNet50, "layer4.2.conv3.weight", (2048, 512, 1, 1)),
        (MobileNetV2, "features.1.conv.1.weight", (16, 32, 1, 1)),
        (MobileNetV2, "features.17.conv.3.running_var", (320,)),
        (MobileNetV2, "features.18.1.num_batches_tracked", ()),
        (MobileNetV2, "classifier.1.weight", (1000, 1280)),
    ],
)
def test_names_are_torchvisions(net, name, shape):
    assert shell(net).state_dict()[name].shape == shape


def test_every_resnet_tensor_has_the_known_count():
    assert len(shell(ResNet50).state_dict()) == 320
    assert len(shell(ResNet18).state_dict()) == 122


def test_pixels_are_normalised_inside(rng):
    x = torch.rand(2, 3, 5, 4, generator=rng)
    mean, std = (0.1, 0.5, 0.3), (0.2, 0.4, 1.0)
    want = torch.stack([(x[:, c] - mean[c]) / std[c] for c in range(3)], dim=1)
    got = Normalise(mean, std)(x)
    torch.testing.assert_close(got, want)
    assert not Normalise().state_dict()


@pytest.mark.parametrize("size", [(256, 256), (256, 341), (1000, 90), (30, 30), (224, 225), (1, 7)])
@pytest.mark.parametrize("channels", [1, 3])
def test_centre_is_a_colour_square(size, channels, rng):
    x = centre(torch.rand(1, channels, *size, generator=rng))
    assert x.shape == (1, 3, 224, 224)
    assert 0 <= x.min() <= x.max() <= 1


def test_centre_cuts_the_middle_out():
    x = torch.zeros(1, 3, 256, 300)
    x[..., 16, 38] = 1  # the first pixel of the middle 224 x 224
    assert centre(x)[0, :, 0, 0].tolist() == [1, 1, 1]
    assert centre(x).sum() == 3


def test_classes_have_a_thousand_different_names():
    assert len(classes()) == len(set(classes())) == 1000
    assert classes()[281] == "tabby"
    assert classes()[207] == "golden retriever"


@pytest.mark.skipif(not SHARED.exists(), reason="the weights and photos lie beside the checkout")
def test_squeezenet_names_46_of_60_photos():
    state = torch.load(SHARED / "squeezenet1_1_fp16.pth", weights_only=True)
    model = SqueezeNet().eval()
    model.load_state_dict({name: w.float() for name, w in state.items()})
    lines = (SHARED / "imagenet_classes.txt").read_text().splitlines()
    plain = [line.lower().replace("'", "").replace(" ", "_").replace("-", "_") for line in lines]
    right = 0
    photos = sorted((SHARED / "samples").glob("*.JPEG"))
    with torch.no_grad():
        for photo in photos:
            label = photo.stem.split("_", 1)[1].lower().replace("'", "").replace("-", "_")
            right += int(model(centre(decode(photo.read_bytes()))).argmax()) == plain.index(label)
    assert (right, len(photos)) == (46, 60)
