"""The nets that dream: the zoo's photo nets, and the famous ones whose weights are here."""

from collections.abc import Mapping
from functools import cache

import torch

from labs import zoo
from labs.models import imagenet, photo
from labs.vision.dream.network import Network
from labs.vision.dream.objective import LOGITS
from labs.zoo import famous

OURS = ("photo-net", "photo-net-robust")
LITE = "efficientnet-lite0"
SHIPPED = (LITE, *OURS)  # what every installation has
TITLES = {
    "photo-net": "photo-net: 64 × 64, 100 classes",
    "photo-net-robust": "photo-net, trained against attacks",
    LITE: "EfficientNet-Lite0: ImageNet, 1000 classes",
}
WIDE = 224  # pixels of the picture on which receptive fields are measured
# Modules whose output is worth dreaming on, from edges to whole animals.
FAMOUS_LAYERS = {
    "alexnet": tuple(f"features.{i}" for i in (2, 5, 7, 9, 12)),
    "vgg16": tuple(f"features.{i}" for i in (4, 9, 16, 23, 30)),
    "googlenet": ("maxpool1", "maxpool2", *(f"inception{i}" for i in
                  ("3a", "3b", "4a", "4b", "4c", "4d", "4e", "5a", "5b"))),
    "resnet18": ("maxpool", "layer1", "layer2", "layer3", "layer4"),
    "resnet50": ("maxpool", "layer1", "layer2", "layer3", "layer4"),
    "squeezenet": tuple(f"features.{i}" for i in (3, 4, 6, 7, 9, 10, 11, 12)),
    "mobilenet_v2": tuple(f"features.{i}" for i in (2, 4, 7, 11, 14, 17)),
}  # fmt: skip
LITE_BLOCKS = (0, 2, 4, 6, 8, 9, 10, 13, 15)


def nets() -> tuple[str, ...]:
    """Return the names of the nets that are on this machine, the standard one first."""
    shipped = tuple(name for name in SHIPPED if name in zoo.manifest())
    return shipped + tuple(name for name in FAMOUS_LAYERS if famous.present(name))


def implied(address: Mapping[str, object]) -> str:
    """Return the net of an address that names none: the standard one, unless it names a layer of
    the photo net, which was the standard one before; classes were then that net's.
    """
    named = {address.get(key) for key in ("layer", "second", "outside")}
    return nets()[0] if named.isdisjoint({*photo.LAYERS, LOGITS}) else OURS[0]


def title(name: str) -> str:
    """Return what a net is called on the page."""
    return TITLES[name] if name in TITLES else famous.FAMOUS[name].title


def layers(name: str) -> tuple[str, ...]:
    """Return the names of a net's layers, from the pixels up."""
    if name == LITE:
        return tuple(f"_blocks.{i}" for i in LITE_BLOCKS)
    return photo.LAYERS if name in OURS else FAMOUS_LAYERS[name]


def classes(name: str) -> tuple[str, ...]:
    """Return the words for a net's logits."""
    return photo.CLASSES if name in OURS else imagenet.classes()


@cache
def network(name: str) -> Network:
    """Return a net ready for dreaming; shared, since nothing in it ever changes."""
    return Network(zoo.load(name) if name in SHIPPED else famous.load(name))


def checksum(name: str) -> str:
    """Return the checksum of a net's weights, or its first digits, as it was published."""
    return zoo.manifest()[name]["sha256"] if name in SHIPPED else famous.entry(name).digest


@cache
@torch.no_grad()
def width(name: str, layer: str) -> int:
    """Return how many channels a layer has."""
    return network(name)(torch.zeros(1, 3, 64, 64), [layer])[layer].shape[1]


@cache
def field(name: str, layer: str) -> int | None:
    """Return how many pixels wide a unit's receptive field is; None if wider than the picture."""
    x = torch.rand(1, 3, WIDE, WIDE, generator=torch.Generator().manual_seed(0)).requires_grad_()
    with torch.enable_grad():
        seen = network(name)(x, [layer])[layer]
        (gradient,) = torch.autograd.grad(
            seen[..., seen.shape[2] // 2, seen.shape[3] // 2].sum(), x
        )
    columns = gradient[0].ne(0).any(0).any(0).nonzero()
    reach = int(columns.max() - columns.min()) + 1
    return reach if columns.min() > 0 and columns.max() < WIDE - 1 else None


@cache
def described(name: str) -> dict[str, str]:
    """Return for each layer its name, its width and how much of the picture one unit sees."""
    text = {}
    for layer in layers(name):
        seen = field(name, layer)
        sees = "all" if seen is None else f"{seen} px"
        text[layer] = f"{layer}: {width(name, layer)} maps, sees {sees}"
    return text


@cache
def widest(name: str) -> int:
    """Return the number of channels of the widest layer."""
    return max(width(name, layer) for layer in layers(name))
