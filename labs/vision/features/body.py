"""The body: EfficientNet-Lite0 without its last layer turns a picture into 1,280 numbers.

What it learned from ImageNet's 1.3 million photographs is of use for other classes: Donahue et al.,
"DeCAF", ICML 2014, https://arxiv.org/abs/1310.1531; Razavian et al., "CNN features off-the-shelf",
https://arxiv.org/abs/1403.6382.
"""

import torch
from torch import Tensor

from labs import zoo
from labs.models.efficientnet_lite import EfficientNetLite0
from labs.trace import trace

NET = "efficientnet-lite0"
WIDTH = 1280
STAGES = ("_blocks.0", "_blocks.2", "_blocks.4", "_blocks.10", "_blocks.15")  # strides 2 to 32


def net() -> EfficientNetLite0:
    """Return the zoo's network, frozen and shared by all: copy it before it is trained."""
    return zoo.load(NET)


@torch.no_grad()
def features(x: Tensor) -> Tensor:
    """Return the features of pictures x: (N, 3, H, W) in [0, 1], sides of 32 or more: (N, 1280)."""
    return net().features(x)


@torch.no_grad()
def last_maps(x: Tensor) -> Tensor:
    """Return the maps whose means are the features: (N, 1280, h, w)."""
    return trace(net(), x, ["_relu1"]).activations["_relu1"]


@torch.no_grad()
def stage_maps(x: Tensor, stages: tuple[str, ...] = STAGES) -> dict[str, Tensor]:
    """Return what the net makes of pictures x: (N, 3, H, W), by stage: (N, K, h, w)."""
    return trace(net(), x, stages).activations
