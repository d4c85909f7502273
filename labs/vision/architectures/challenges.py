"""What the page asks a visitor to find, and how it knows that it was found."""

from collections.abc import Mapping
from typing import Any

from labs.live.challenges import Challenge
from labs.vision.architectures.layer import Layer
from labs.vision.architectures.survey import Survey

MANY = 40  # times the parameters
Settings = Mapping[str, str | float]


def _most(s: Settings, path: str, *_: object) -> bool:
    return s["net"] == "vgg16" and s["side"] == 224 and path == "classifier.0"


def _whole(s: Settings, path: str, layer: Layer | None, *_: object) -> bool:
    side = int(s["side"])
    return layer is not None and len(layer.shape) == 4 and layer.field.reach >= side > 100


def _breaks(s: Settings, path: str, layer: Layer | None, seen: Survey, *_: object) -> bool:
    return bool(seen.fault)


def _depthwise(s: Settings, path: str, layer: Layer | None, *_: object) -> bool:
    return layer is not None and "groups" in layer.what


def _apart(s: Settings, path: str, layer: Layer | None, seen: Survey, sizes: list[int]) -> bool:
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

LITTLE, MOST = 0.1, 0.5  # shares of the photo that are painted over


def _dot(seen: Any) -> bool:
    first = seen.before.argmax()
    return 0 < seen.cover <= LITTLE and seen.now.p[first] < seen.before[first] / 4


def _kept(seen: Any) -> bool:
    return seen.cover >= MOST and seen.said == seen.said_before and seen.now.p.max() > 0.5


OF_PHOTOS = (
    Challenge("dot", "Paint over at most a tenth of a photograph so that the first answer keeps "
              "less than a quarter of its probability.",
              "Many thin strokes hide more than one thick one.", _dot),
    Challenge("kept", "Paint over more than half of a photograph, and let the answer stand, with "
              "more than 50 %.", "What is dark in the map can go.", _kept),
)  # fmt: skip
