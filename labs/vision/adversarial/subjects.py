"""What is attacked: a digit under the visitor's hand, or a photograph.

Each is a picture as a file would hold it, in 8 bits, so that what is added is the attack alone.
"""

from collections.abc import Sequence
from functools import cache
from types import MappingProxyType

import torch
import torch.nn.functional as F
from torch import Tensor

from labs.data import strokes
from labs.data.photos import NAMES, photo
from labs.drawing import Drawing
from labs.drawing.mnist import as_mnist
from labs.drawing.pad import Pad
from labs.images import quantise
from labs.models import imagenet
from labs.models.photo import CLASSES
from labs.pictures import middle
from labs.vision.adversarial.nets import DIGIT_NETS, IMAGENET, PHOTO_NETS, here
from labs.zoo import famous

FIRST_DIGIT = 8
FIRST_PHOTO = "coffee"
YOURS = "yours"  # the photograph that the visitor brought
DIGITS = tuple(str(i) for i in range(10))


class DrawnDigit:
    """A drawing as MNIST would have it: (1, 1, 28, 28)."""

    kind, title, side = "digit", "Drawing", 28
    labels = DIGITS
    eps = MappingProxyType({"linf": 0.5, "l2": 6.0, "l1": 60.0})  # the largest budgets offered
    opening = MappingProxyType({"attack": "fgsm", "eps_linf": 70.0, "eps_l2": 2.0, "eps_l1": 20.0})

    def __init__(self) -> None:
        self.pad = Pad("x")
        self.pad.show(strokes.sample(FIRST_DIGIT))

    @property
    def nets(self) -> dict[str, str]:
        """The nets that read digits, name -> title."""
        return here(DIGIT_NETS)

    @property
    def changes(self) -> int:
        """Counted, so that the lab knows when to look again."""
        return self.pad.changes

    def picture(self) -> Tensor:
        """The digit as the network sees it."""
        return quantise(as_mnist(self.pad.ink))

    def others(self) -> Tensor:
        """Pictures that an attack on many learns from: (10, 1, 28, 28)."""
        return sample_digits()


class Photograph:
    """A photograph cut square and shrunk: (1, 3, 64, 64)."""

    kind, title, side = "photo", "Photograph", 64  # the side at which photo-net was measured
    labels: Sequence[str] = CLASSES
    eps = MappingProxyType({"linf": 16 / 255, "l2": 4.0, "l1": 120.0})
    opening = MappingProxyType({"attack": "pgd", "eps_linf": 6.0, "eps_l2": 2.0, "eps_l1": 60.0})

    def __init__(self) -> None:
        self.name, self.mine, self.changes = FIRST_PHOTO, None, 0

    @property
    def nets(self) -> dict[str, str]:
        """The nets that know photographs, name -> title."""
        return here(PHOTO_NETS)

    def choose(self, name: str) -> None:
        """Take one of the photographs, or `YOURS`.  Raises ValueError if there is none."""
        if name == YOURS and self.mine is None:
            raise ValueError("Bring a photograph first; then it can be chosen.")
        self.name = name
        self.changes += 1

    def load_picture(self, picture: Tensor) -> None:
        """Take the visitor's own photograph: (1, C, H, W) in [0, 1]."""
        self.mine = square(picture.expand(1, 3, *picture.shape[-2:]), self.side)
        self.choose(YOURS)

    def picture(self) -> Tensor:
        """The photograph as the network sees it."""
        return self.mine if self.name == YOURS else square(photo(self.name), self.side)

    def others(self) -> Tensor:
        """Pictures that an attack on many learns from: (7, 3, side, side)."""
        return torch.cat([square(photo(name), self.side) for name in NAMES])


class ImageNetPhoto(Photograph):
    """A photograph for nets that know ImageNet: (1, 3, 224, 224)."""

    title, side = "ImageNet", 224
    labels = imagenet.classes()
    eps = MappingProxyType({"linf": 8 / 255, "l2": 6.0, "l1": 400.0})
    opening = MappingProxyType({"attack": "fgsm", "eps_linf": 3.0, "eps_l2": 0.5, "eps_l1": 12.0})

    @property
    def nets(self) -> dict[str, str]:
        """The net of the installation, and the famous ones that were downloaded, name -> title."""
        downloaded = {k: net.title for k, net in famous.FAMOUS.items() if famous.present(k)}
        return here(IMAGENET) | downloaded


Subject = DrawnDigit | Photograph
SUBJECTS = MappingProxyType({s.title: s for s in (DrawnDigit, Photograph, ImageNetPhoto)})


def subject(title: str | None) -> Subject:
    """Return what is attacked; the drawing for an unknown title."""
    return SUBJECTS.get(title or "", DrawnDigit)()


@cache
def sample_digits() -> Tensor:
    """Return the ten digits that a pad offers, as the network sees them: (10, 1, 28, 28)."""
    pictures = []
    for digit in range(10):
        drawing = Drawing()
        drawing.replace(strokes.sample(digit))
        pictures.append(quantise(as_mnist(drawing.ink)))
    return torch.cat(pictures)


def square(x: Tensor, side: int) -> Tensor:
    """Return the middle of x: (1, C, H, W) as (1, C, side, side), in 8 bits."""
    x = middle(x)
    if x.shape[-1] >= side:
        return quantise(F.interpolate(x, (side, side), mode="area").clamp(0, 1))
    return quantise(F.interpolate(x, (side, side), mode="bilinear", align_corners=False))
