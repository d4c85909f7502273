"""LeNet-5's convolutional stages, as kernels to be looked through."""

from collections.abc import Mapping
from functools import cache

import torch
from torch import Tensor

from labs import zoo
from labs.models.initialise import initialise
from labs.models.lenet import LeNet5
from labs.vision.convolution.pipeline.stages import Stage, conv, pool


@cache
def lenet(which: str) -> list[tuple[str, Stage]]:
    """Return the stages up to the dense layers, named: "learned" on MNIST, or "random" as before
    training.
    """
    if which == "learned":
        return named(zoo.load("lenet-mnist").state_dict())
    model = initialise(LeNet5(), torch.Generator().manual_seed(0))
    return named({name: w.detach() for name, w in model.state_dict().items()})


def named(weights: Mapping[str, Tensor]) -> list[tuple[str, Stage]]:
    """Return the stages of a LeNet-5 with this state dictionary."""
    stages = []
    for layer, padding in (("conv1", 2), ("conv2", 0)):
        weight, bias = (weights[f"{layer}.{part}"] for part in ("weight", "bias"))
        stages += [
            (layer, conv(weight, bias, padding=padding)), ("ReLU", Stage("relu")),
            (f"pool{layer[-1]}", pool("max", 2)),
        ]  # fmt: skip
    return stages
