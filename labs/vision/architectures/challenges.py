"""What the page asks a visitor to find, and how it knows that it was found."""

from typing import TYPE_CHECKING

from labs.live.challenges import Challenge
from labs.vision.architectures.blocks import find
from labs.vision.architectures.catalogue import shell
from labs.vision.architectures.layer import Layer

if TYPE_CHECKING:
    from labs.vision.architectures.experiment import Architectures

MANY = 40  # times the parameters


def _layer(lab: "Architectures") -> Layer | None:
    """The layer chosen in the left network, if it is a single one."""
    seen, path = lab.seen("left"), lab.selected["left"]
    layers = find(seen, path) if seen and path else []
    return layers[0] if len(layers) == 1 else None


def _most(lab: "Architectures") -> bool:
    s = lab.settings
    return s["net"] == "vgg16" and s["side"] == 224 and lab.selected["left"] == "classifier.0"


def _whole(lab: "Architectures") -> bool:
    layer, side = _layer(lab), int(lab.settings["side"])
    return layer is not None and len(layer.shape) == 4 and layer.field.reach >= side > 100


def _breaks(lab: "Architectures") -> bool:
    seen = lab.seen("left")
    return bool(seen and seen.fault)


def _depthwise(lab: "Architectures") -> bool:
    layer = _layer(lab)
    return layer is not None and "groups" in layer.what


def _apart(lab: "Architectures") -> bool:
    sizes = [sum(p.numel() for p in shell(name).parameters()) for name in lab.nets()]
    return len(sizes) == 2 and max(sizes) > MANY * min(sizes) > 1e6


CHALLENGES = (
    Challenge("most", "In VGG-16, find the one layer that holds three quarters of all parameters.",
              "Where the maps become a line of numbers: classifier.0.", _most),
    Challenge("whole", "Find a layer of maps whose units see the whole picture.",
              "ResNet at 224 pixels: look in layer4.  A smaller input helps too.", _whole),
    Challenge("break", "Make the input so small that a network breaks, and read where.",
              "AlexNet gives up below 63 pixels; ResNet never does.", _breaks),
    Challenge("depthwise", "Find a depthwise convolution: one kernel for each map.",
              "MobileNetV2, features.2, conv.1: its print says groups.", _depthwise),
    Challenge("fifty", "Put two networks side by side of which one has more than 40 times the "
              "other's parameters.", "SqueezeNet was built for this comparison with AlexNet.",
              _apart),
)  # fmt: skip
