"""Convolution over channels: a bank of kernels, each as deep as its input, and its two halves.

A colour picture is a volume, and a kernel reaches through all of it: one kernel makes one map, a
bank of d makes d.  Looking within each channel (depthwise) and mixing the channels (1 x 1) can be
done apart, which is far cheaper: Howard et al., "MobileNets", https://arxiv.org/abs/1704.04861
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from labs.vision.convolution.convolve import convolve


def depthwise(x: Tensor, kernels: Tensor, *, stride: int = 1, padding: int = 0) -> Tensor:
    """Return every channel of x: (N, C, H, W) under its own kernel, of (C, m, m): (N, C, H', W').

    As `torch.nn.Conv2d` with as many groups as channels.  Raises ValueError when shapes do not fit.
    """
    if x.shape[1] != len(kernels):
        raise ValueError(f"{len(kernels)} kernels meet {x.shape[1]} channels")
    maps = [
        convolve(x[:, c : c + 1], kernel[None, None], stride=stride, padding=padding)
        for c, kernel in enumerate(kernels)
    ]
    return torch.cat(maps, 1)


def pointwise(x: Tensor, mix: Tensor, *, stride: int = 1, padding: int = 0) -> Tensor:
    """Return x: (N, C, H, W) mixed pixel by pixel with mix: (d, C), a 1 x 1 convolution."""
    return convolve(x, mix[:, :, None, None], stride=stride, padding=padding)


@dataclass(frozen=True)
class Cost:
    """What a way of making maps costs, and how that is counted; no biases."""

    parameters: int
    products: int  # multiply-adds for one picture
    count: str  # the parameters, written out
    maps: int


def costs(channels: int, maps: int, m: int, places: int) -> Mapping[str, Cost]:
    """Return the cost of every way from `channels` to `maps` maps of `places` cells each.

    m: the side of the kernels.
    """
    bank, depth, mix = maps * channels * m * m, channels * m * m, maps * channels
    return {
        "bank": Cost(bank, places * bank, f"{maps} × {channels} × {m}²", maps),
        "depthwise": Cost(depth, places * depth, f"{channels} × {m}²", channels),
        "pointwise": Cost(mix, places * mix, f"{maps} × {channels}", maps),
        "separable": Cost(
            depth + mix, places * (depth + mix), f"{channels} × {m}² + {maps} × {channels}", maps
        ),
    }


def dense_weights(inputs: Sequence[int], outputs: Sequence[int]) -> int:
    """Return the weights of a fully connected layer between two volumes of these shapes."""
    return math.prod(inputs) * math.prod(outputs)
