"""The networks of the lab, and their surveys, computed once for everybody."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType

import torch
from torch import nn

from labs.models.efficientnet_lite import EfficientNetLite0
from labs.models.lenet import LeNet5
from labs.models.photo import PhotoNet
from labs.vision.architectures.survey import Survey, survey
from labs.zoo.famous import FAMOUS


@dataclass(frozen=True)
class Net:
    """An architecture, the input it was made for, and where it comes from."""

    title: str
    year: int
    make: Callable[[], nn.Module]
    channels: int
    side: int
    paper: str
    link: str


PAPERS = {
    "alexnet": ("Krizhevsky, Sutskever & Hinton (2012)", "https://arxiv.org/abs/1404.5997"),
    "vgg16": ("Simonyan & Zisserman (2014)", "https://arxiv.org/abs/1409.1556"),
    "googlenet": ("Szegedy et al. (2014)", "https://arxiv.org/abs/1409.4842"),
    "resnet18": ("He, Zhang, Ren & Sun (2015)", "https://arxiv.org/abs/1512.03385"),
    "resnet50": ("He, Zhang, Ren & Sun (2015)", "https://arxiv.org/abs/1512.03385"),
    "squeezenet": ("Iandola et al. (2016)", "https://arxiv.org/abs/1602.07360"),
    "mobilenet_v2": ("Sandler et al. (2018)", "https://arxiv.org/abs/1801.04381"),
}
NETS: Mapping[str, Net] = MappingProxyType(
    {
        "lenet": Net(
            "LeNet-5", 1998, LeNet5, 1, 28, "LeCun, Bottou, Bengio & Haffner (1998)",
            "http://yann.lecun.com/exdb/publis/pdf/lecun-01a.pdf",
        ),
        **{
            name: Net(entry.title, entry.year, entry.architecture, 3, 224, *PAPERS[name])
            for name, entry in FAMOUS.items()
        },
        "efficientnet_lite0": Net(
            "EfficientNet-Lite0", 2019, EfficientNetLite0, 3, 224, "Tan & Le (2019)",
            "https://arxiv.org/abs/1905.11946",
        ),
        "photo": Net(
            "PhotoNet", 2026, PhotoNet, 3, 64, "after He, Zhang, Ren & Sun (2015)",
            "https://arxiv.org/abs/1512.03385",
        ),
    }
)  # fmt: skip

SOURCES = (
    *{net.link: (f"{net.paper}: {net.title}", net.link) for net in NETS.values()}.values(),
    ("Araujo, Norris & Sim (2019): Computing receptive fields of convolutional neural networks",
     "https://distill.pub/2019/computing-receptive-fields"),
    ("Selvaraju et al. (2016): Grad-CAM", "https://arxiv.org/abs/1610.02391"),
)  # fmt: skip


@lru_cache(maxsize=16)
def shell(name: str) -> nn.Module:
    """Return the network `name` with shapes and without numbers, on the meta device."""
    if name not in NETS:
        raise ValueError(f"there is no network {name!r}; there are {', '.join(NETS)}")
    with torch.device("meta"):
        return NETS[name].make().eval()


@cache
def parameters(name: str) -> int:
    """Return how many numbers the network `name` learns."""
    return sum(p.numel() for p in shell(name).parameters())


@cache
def inner(name: str) -> tuple[str, ...]:
    """Return the paths of the modules of `name` that hold others."""
    modules = shell(name).named_modules()
    return tuple(path for path, module in modules if path and any(module.children()))


@lru_cache(maxsize=64)  # 0.1 to 0.4 MB each
def surveyed(name: str, side: int) -> Survey:
    """Return the survey of `name` on a square of `side` pixels."""
    return survey(shell(name), (1, NETS[name].channels, side, side))
