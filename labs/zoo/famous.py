"""The famous networks with their published ImageNet weights: an optional download each.

    for report in famous.fetch("squeezenet"): ...    # size and progress
    model = famous.load("squeezenet")                # frozen, pixels in [0, 1]

The weights are torchvision's (https://docs.pytorch.org/vision/stable/models.html, BSD 3-Clause).
Their addresses are pinned and carry the first eight digits of the file's SHA-256, which is checked
when they arrive and again when they are loaded.  This is the only place where a `.pth` is read,
and only as bare tensors.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

import torch
from torch import nn

from labs.data import download
from labs.data.download import Progress
from labs.files import matches
from labs.models.alexnet import AlexNet
from labs.models.googlenet import GoogLeNet
from labs.models.mobilenet import MobileNetV2
from labs.models.resnet import ResNet18, ResNet50
from labs.models.squeezenet import SqueezeNet
from labs.models.vgg import VGG16

AUXILIARY = ("aux1.", "aux2.")  # GoogLeNet's heads for training, which are not built here


@dataclass(frozen=True)
class Famous:
    """One network and its published weights."""

    title: str
    year: int
    architecture: Callable[[], nn.Module]
    url: str
    size: int  # bytes of the download, about: torchvision states it in MiB
    top1: float  # published accuracy on ImageNet's validation photos, one centre crop

    @property
    def digest(self) -> str:
        """The first digits of the file's SHA-256, as its name gives them."""
        return re.findall(r"-([0-9a-f]{8,})\.pth$", self.url)[0]


HOST = "https://download.pytorch.org/models"
MIB = 1 << 20
ABOUT = 1024  # bytes by which a stated size may be wrong
FAMOUS: Mapping[str, Famous] = MappingProxyType(
    {
        "alexnet": Famous(
            "AlexNet", 2012, AlexNet, f"{HOST}/alexnet-owt-7be5be79.pth", int(233.087 * MIB), 0.565
        ),
        "vgg16": Famous(
            "VGG-16", 2014, VGG16, f"{HOST}/vgg16-397923af.pth", int(527.796 * MIB), 0.716
        ),
        "googlenet": Famous(
            "GoogLeNet", 2014, GoogLeNet, f"{HOST}/googlenet-1378be20.pth", int(49.731 * MIB), 0.698
        ),
        "resnet18": Famous(
            "ResNet-18", 2015, ResNet18, f"{HOST}/resnet18-f37072fd.pth", int(44.661 * MIB), 0.698
        ),
        "resnet50": Famous(
            "ResNet-50", 2015, ResNet50, f"{HOST}/resnet50-0676ba61.pth", int(97.781 * MIB), 0.761
        ),
        "squeezenet": Famous(
            "SqueezeNet 1.1", 2016, SqueezeNet, f"{HOST}/squeezenet1_1-b8a52dc0.pth",
            int(4.729 * MIB), 0.582,
        ),
        "mobilenet_v2": Famous(
            "MobileNetV2", 2018, MobileNetV2, f"{HOST}/mobilenet_v2-b0353104.pth",
            int(13.555 * MIB), 0.719,
        ),
    }
)  # fmt: skip


def entry(name: str) -> Famous:
    """Return the entry of `name`.  Raises ValueError for an unknown name."""
    if name not in FAMOUS:
        raise ValueError(f"there is no famous network {name!r}; there are {', '.join(FAMOUS)}")
    return FAMOUS[name]


def file_of(name: str) -> Path:
    """Return where the weights of `name` lie once they are here."""
    return download.path("famous", entry(name).url.rsplit("/", 1)[1])


def present(name: str) -> bool:
    """Whether the weights of `name` are on this machine, by the size of their file: to read
    hundreds of MB is left to `load`.
    """
    file = file_of(name)
    return file.exists() and abs(file.stat().st_size - entry(name).size) <= ABOUT


def fetch(name: str) -> Iterator[Progress]:
    """Download the weights of `name` unless they are here, reporting now and then.

    Raises ValueError in one sentence when the network does not answer or the checksum is wrong;
    a file of that name is then not there.
    """
    what = entry(name)
    return download.fetch(what.url, what.digest, what.size, file_of(name))


@cache
def load(name: str) -> nn.Module:
    """Return the network `name`: in eval mode, frozen, shared by everybody who asks.

    It takes pixels in [0, 1].  Copy it before you change it.  Raises ValueError, one sentence,
    when the weights are not on this machine (see `fetch`) or are damaged.
    """
    title, file = entry(name).title, file_of(name)
    if not file.exists():
        raise ValueError(f"The weights of {title} are not on this machine; download them first.")
    if not matches(file, entry(name).digest):
        file.unlink(missing_ok=True)
        raise ValueError(f"The weights of {title} are damaged; download them again.")
    try:
        state = torch.load(file, map_location="cpu", weights_only=True)
    except Exception:  # its readers raise whatever they stumble over
        raise ValueError(f"{file.name} could not be read as a file of weights.") from None
    state = {key: value for key, value in state.items() if not key.startswith(AUXILIARY)}
    with torch.device("meta"):  # a shell without numbers: the file's take their place
        model = entry(name).architecture()
    counters = {key for key in model.state_dict() if key.endswith("num_batches_tracked")}
    state = dict.fromkeys(counters, torch.tensor(0)) | state  # the older files have none
    model.load_state_dict(state, assign=True)
    return model.eval().requires_grad_(False)
