"""The networks that can be attacked, made ready: frozen, the same functions, only faster."""

import copy
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

import torch
from torch import Tensor, nn

from labs import zoo
from labs.models.direct import direct
from labs.models.fold import fold
from labs.zoo import famous

MASKED = "lenet-mnist-masked"
SHARPER = 100.0  # times the logits; about what defensive distillation leaves behind

DIGIT_NETS: Mapping[str, str] = MappingProxyType(
    {
        "lenet-mnist": "LeNet-5",
        "lenet-mnist-robust": "LeNet-5, robust",
        "lenet-mnist-plain": "LeNet-5, undistorted",
        "dense-mnist": "dense 784-128-10",
        "softmax-mnist": "softmax regression",
        MASKED: "LeNet-5, logits × 100",
    }
)
PHOTO_NETS: Mapping[str, str] = MappingProxyType(
    {"photo-net": "photo-net", "photo-net-robust": "photo-net, robust"}
)

IMAGENET = MappingProxyType({"efficientnet-lite0": "EfficientNet-Lite0"})  # without a download


def here(nets: Mapping[str, str]) -> dict[str, str]:
    """Return those of the nets that the zoo holds, name -> title."""
    return {k: title for k, title in nets.items() if k == MASKED or k in zoo.manifest()}


def measured(kind: str) -> str:
    """Return a sentence of what the zoo measured: how much stands under attack, for both nets."""
    entries = zoo.manifest()
    if kind == "digit":
        own, other = (entries[n]["metrics"] for n in ("lenet-mnist-robust", "lenet-mnist"))
        both = own["lenet_mnist_pgd40_eps20_accuracy"], own["pgd40_eps20_accuracy"]
        clean = other["test_accuracy"], own["test_accuracy"]
        how = "1,000 MNIST test digits under PGD-40 with 5 restarts, L∞ 0.2"
        where = "clean, on all 10,000,"
    elif "photo-net-robust" in entries:
        nets = [entries[name]["metrics"] for name in PHOTO_NETS]
        both = tuple(metrics["pgd20_eps4_accuracy"] for metrics in nets)
        clean = tuple(metrics["attacked_photos_accuracy"] for metrics in nets)
        how = "1,000 validation photos under PGD-20, L∞ 4/255"
        where = "clean,"
    else:
        return ""
    return (
        f"Measured on {how}: {both[0]:.1%} right for the standard net, {both[1]:.1%} for the "
        f"robust one; {where} {clean[0]:.1%} and {clean[1]:.1%}."
    )


@cache
def network(name: str) -> nn.Module:
    """Return a net ready to be attacked; shared, since nothing in it ever changes."""
    if name == MASKED:
        return Sharper(network("lenet-mnist"))
    if name in famous.FAMOUS:
        return Prepared(famous.load(name))
    return (
        Prepared(zoo.load(name)) if name in {**PHOTO_NETS, **IMAGENET} else direct(zoo.load(name))
    )


class Prepared(nn.Module):
    """The same function of pixels, faster: batch norms folded, channels last, weights frozen."""

    def __init__(self, model: nn.Module) -> None:
        super().__init__()
        model = fold(copy.deepcopy(model).eval()).requires_grad_(False)
        self.model = model.to(memory_format=torch.channels_last)

    def forward(self, x: Tensor) -> Tensor:
        return self.model(x.contiguous(memory_format=torch.channels_last))


class Sharper(nn.Module):
    """A net whose logits are multiplied until softmax is 0 or 1: the same verdicts, no gradient.

    Carlini & Wagner (2016), https://arxiv.org/abs/1608.04644, found that this is all that
    defensive distillation does.
    """

    def __init__(self, model: nn.Module, times: float = SHARPER) -> None:
        super().__init__()
        self.model, self.times = model, times

    def forward(self, x: Tensor) -> Tensor:
        return self.model(x) * self.times
