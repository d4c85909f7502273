"""Classify a photo, and see on what the network's answer rests."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from labs import zoo
from labs.models.efficientnet_lite import EfficientNetLite0
from labs.models.imagenet import centre, classes
from labs.models.photo import CLASSES, PhotoNet
from labs.trace import grad_cam, trace
from labs.vision.architectures.weights import HEADER, MAX_BYTES, put, read
from labs.zoo import famous

OURS = "photo-net"  # trained for the lab: 100 classes, 64 pixels
LITE = "efficientnet-lite0"  # ImageNet's 1000 classes, in every installation
HERE = {LITE: "EfficientNet-Lite0", OURS: "PhotoNet (ours)"}  # what needs no download
SMALLEST = 4  # cells a side below which a map shows nothing
MAPS = 16  # of each stage


@dataclass(frozen=True)
class Answer:
    """What a network says of a photo, and what it saw."""

    photo: Tensor  # (1, 3, S, S) in [0, 1], as the network was shown it
    names: tuple[str, ...]  # of the five likeliest classes
    shares: tuple[float, ...]
    cam: Tensor  # (S, S) in [0, 1]: Grad-CAM for the likeliest class
    layer: str  # the layer whose gradient it is
    stages: dict[str, Tensor]  # module: (K, h, w), its strongest maps


def ready() -> list[str]:
    """Return the networks that can answer on this machine now."""
    return [*HERE, *(name for name in famous.FAMOUS if famous.present(name))]


def classify(model: nn.Module, photo: Tensor, names: tuple[str, ...], side: int) -> Answer:
    """Return what `model` says of a photo (1, C, H, W) in [0, 1].  names: of its classes.

    side: pixels of the middle that it is shown.
    """
    x = centre(photo, side)
    stages = stage_names(model, x)
    seen = glance(model, x, stages)
    cam = seen.cam / seen.cam.max().clamp_min(1e-12)
    shares, order = seen.p.topk(5)
    return Answer(
        x,
        tuple(names[i] for i in order.tolist()),
        tuple(shares.tolist()),
        F.interpolate(cam[None, None], x.shape[-2:], mode="bilinear")[0, 0],
        stages[-1],
        {name: strongest(maps) for name, maps in seen.maps.items()},
    )


@dataclass(frozen=True)
class Glance:
    """One look of a network at one photo."""

    p: Tensor  # (classes,): the probabilities
    maps: dict[str, Tensor]  # stage: (K, h, w)
    cam: Tensor  # (h, w), at least 0: Grad-CAM at the last stage


def glance(model: nn.Module, x: Tensor, stages: Sequence[str], k: int | None = None) -> Glance:
    """Return what a model says of x: (1, 3, S, S), its maps, and Grad-CAM for class k.

    k: None for the likeliest.  The model runs once, and back only as far as the last stage, whose
    output begins a graph of its own.  No hook is left behind.
    """
    seen: dict[str, Tensor] = {}
    modules, mine = dict(model.named_modules()), threading.get_ident()

    def keep(name: str, output: Tensor) -> Tensor | None:
        if threading.get_ident() != mine:  # a model is shared by all visitors
            return None
        seen[name] = output.detach()
        return seen[name].requires_grad_() if name == stages[-1] else None

    hooks = [
        modules[name].register_forward_hook(lambda *args, name=name: keep(name, args[-1]))
        for name in stages
    ]
    try:
        with torch.enable_grad():
            logits = model(x.detach())[0]
    finally:
        for hook in hooks:
            hook.remove()
    last = seen[stages[-1]]
    (gradient,) = torch.autograd.grad(logits[int(logits.argmax()) if k is None else k], last)
    maps = {name: seen[name].detach()[0] for name in stages}
    return Glance(logits.detach().softmax(0), maps, grad_cam(last.detach()[0], gradient[0]))


def stage_names(model: nn.Module, x: Tensor) -> list[str]:
    """Return the last module of each resolution: the stages, from fine to coarse."""
    sides: dict[int, str] = {}
    candidates = [
        name for name, module in model.named_modules()
        if name and name.count(".") <= 1 and not isinstance(module, nn.Sequential)
        and not name.startswith(("normalise", "avgpool", "classifier", "dropout"))
    ]  # fmt: skip
    seen = trace(model, x, [n for n in candidates if _runs(model, n)]).activations
    for name, activation in seen.items():
        if activation.ndim == 4 and SMALLEST <= activation.shape[-1] < x.shape[-1]:
            sides[activation.shape[-1]] = name
    return list(dict(sorted(sides.items(), reverse=True)).values())


def _runs(model: nn.Module, name: str) -> bool:
    """Whether a module is called once only: one ReLU that serves a whole net is not a stage."""
    return not name.endswith("relu") or "." in name


def strongest(maps: Tensor, count: int = MAPS) -> Tensor:
    """Return the `count` maps of (K, h, w) with the largest mean size."""
    order = maps.abs().mean((1, 2)).argsort(descending=True)[:count]
    return maps[order]


def model_of(name: str, weights: bytes | None = None) -> tuple[nn.Module, tuple[str, ...], int]:
    """Return a network, the names of its classes, and the side of its photos.

    weights: a stranger's safetensors file for it; otherwise its published ones.  Raises ValueError,
    one sentence, when the weights are not on this machine or do not fit.
    """
    names, side = (CLASSES, 64) if name == OURS else (classes(), 224)
    if weights is not None:
        return put(_shell(name), read(weights)), names, side
    return (zoo.load(name) if name in HERE else famous.load(name)), names, side


def heaviest(name: str) -> int:
    """Return the most bytes that a file of weights for a network may have: room for 32-bit numbers,
    or `MAX_BYTES`.
    """
    if name in HERE:
        size = 4 * sum(x.numel() for x in _shell(name).state_dict().values())
    else:
        size = famous.entry(name).size
    return min(size + HEADER, MAX_BYTES)


def _shell(name: str) -> nn.Module:
    """Return a network without numbers."""
    with torch.device("meta"):
        if name in HERE:
            return PhotoNet() if name == OURS else EfficientNetLite0()
        return famous.entry(name).architecture()
