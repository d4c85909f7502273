"""The nets that dream: the zoo's photo nets, and the famous ones whose weights are here."""

from functools import cache

import torch

from labs import zoo
from labs.models import photo
from labs.vision.dream.network import Network
from labs.zoo import famous

OURS = ("photo-net", "photo-net-robust")
TITLES = {
    "photo-net": "photo-net: 64 × 64, 100 classes",
    "photo-net-robust": "photo-net, trained against attacks",
}
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


def nets() -> tuple[str, ...]:
    """Return the names of the nets that are on this machine, the standard one first."""
    ours = tuple(name for name in OURS if name in zoo.manifest())
    return ours + tuple(name for name in FAMOUS_LAYERS if famous.present(name))


def title(name: str) -> str:
    """Return what a net is called on the page."""
    return TITLES[name] if name in TITLES else famous.FAMOUS[name].title


def layers(name: str) -> tuple[str, ...]:
    """Return the names of a net's layers, from the pixels up."""
    return photo.LAYERS if name in OURS else FAMOUS_LAYERS[name]


def classes(name: str) -> tuple[str, ...]:
    """Return the words for a net's logits; none where the project has no words for them."""
    return photo.CLASSES if name in OURS else ()


@cache
def network(name: str) -> Network:
    """Return a net ready for dreaming; shared, since nothing in it ever changes."""
    return Network(zoo.load(name) if name in OURS else famous.load(name))


@cache
@torch.no_grad()
def width(name: str, layer: str) -> int:
    """Return how many channels a layer has."""
    return network(name)(torch.zeros(1, 3, 64, 64), [layer])[layer].shape[1]


@cache
def widest(name: str) -> int:
    """Return the number of channels of the widest layer."""
    return max(width(name, layer) for layer in layers(name))
