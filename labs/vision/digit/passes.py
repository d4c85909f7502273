"""LeNet's two passes written out: every activation, and the gradient of one logit at each.

The backward pass is the recursion of the lectures, g_i = W_i^T (g_(i+1) o f'(z_i)), from the logit
down to the pixels.  Written so it needs no tape, which makes both passes together about three times
faster than autograd on one small picture.

LeCun et al. (1998), http://yann.lecun.com/exdb/publis/pdf/lecun-01a.pdf
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import torch
import torch.nn.functional as F
from torch import Tensor

from labs.vision.digit.quick import convolve, convolve_back, pool, pool_back, relu_back

LAYERS = ("seen", "conv1", "pool1", "conv2", "pool2", "fc1", "fc2", "logits")
ONE_HOT = torch.eye(10)
Weights = Mapping[str, Tensor]  # LeNet5's state dict


@dataclass(frozen=True)
class Forward:
    """What every layer gave for one picture; `conv` and `fc` after their ReLU."""

    seen: Tensor  # (28, 28)
    conv1: Tensor  # (6, 28, 28)
    pool1: Tensor  # (6, 14, 14)
    conv2: Tensor  # (16, 10, 10)
    pool2: Tensor  # (16, 5, 5)
    fc1: Tensor  # (120,)
    fc2: Tensor  # (84,)
    logits: Tensor  # (10,)
    winners1: Tensor  # (6, 14, 14), where in its map each maximum of pool1 was
    winners2: Tensor  # (16, 5, 5)

    @cached_property
    def probabilities(self) -> Tensor:
        """softmax(logits): (10,)."""
        return self.logits.softmax(0)

    @cached_property
    def winner(self) -> int:
        """The class with the largest logit."""
        return int(self.logits.argmax())


def forward(seen: Tensor, weights: Weights, off: Mapping[str, Tensor] | None = None) -> Forward:
    """Return every activation of LeNet-5 for seen: (28, 28) in [0, 1].

    off: for `conv1`, `conv2`, `fc1` or `fc2` a mask, 0 for units that are switched off, which is
    (6, 1, 1), (16, 1, 1), (120,) or (84,).
    """
    w, off = weights, off or {}
    z = convolve(seen[None], w["conv1.weight"], w["conv1.bias"], padding=2)
    conv1 = _switch(z.relu_(), off.get("conv1"))
    pool1, winners1 = pool(conv1)
    z = convolve(pool1, w["conv2.weight"], w["conv2.bias"], padding=0)
    conv2 = _switch(z.relu_(), off.get("conv2"))
    pool2, winners2 = pool(conv2)
    fc1 = torch.addmv(w["fc1.bias"], w["fc1.weight"], pool2.view(400)).relu_()
    fc1 = _switch(fc1, off.get("fc1"))
    fc2 = _switch(torch.addmv(w["fc2.bias"], w["fc2.weight"], fc1).relu_(), off.get("fc2"))
    logits = torch.addmv(w["fc3.bias"], w["fc3.weight"], fc2)
    return Forward(seen, conv1, pool1, conv2, pool2, fc1, fc2, logits, winners1, winners2)


def backward(a: Forward, weights: Weights, target: int) -> dict[str, Tensor]:
    """Return the gradient of logit `target` at every activation, by name, each in its shape.

    Where a ReLU gave 0 (also a unit that is switched off) its derivative is 0, as in torch.
    """
    w = weights
    fc2 = w["fc3.weight"][target]
    fc1 = torch.mv(w["fc2.weight"].t(), relu_back(fc2, a.fc2))
    pool2 = torch.mv(w["fc1.weight"].t(), relu_back(fc1, a.fc1)).view(16, 5, 5)
    conv2 = pool_back(pool2, a.winners2, 10)
    delta = relu_back(conv2, a.conv2)
    pool1 = convolve_back(delta, a.pool1, w["conv2.weight"], padding=0)
    conv1 = pool_back(pool1, a.winners1, 28)
    delta = relu_back(conv1, a.conv1)
    (seen,) = convolve_back(delta, a.seen[None], w["conv1.weight"], padding=2)
    gradients = (seen, conv1, pool1, conv2, pool2, fc1, fc2, ONE_HOT[target])
    return dict(zip(LAYERS, gradients, strict=True))


def _switch(x: Tensor, mask: Tensor | None) -> Tensor:
    return x if mask is None else x * mask


def logits(x: Tensor, weights: Weights, off: Mapping[str, Tensor] | None = None) -> Tensor:
    """Return the logits (N, 10) of a batch x: (N, 1, 28, 28), differentiably.

    The same network as `forward`, for the methods that look at many pictures at once.
    """
    w, off = weights, off or {}
    x = F.conv2d(x, w["conv1.weight"], w["conv1.bias"], padding=2).relu()
    x = F.max_pool2d(_switch(x, off.get("conv1")), 2)
    x = F.conv2d(x, w["conv2.weight"], w["conv2.bias"]).relu()
    x = F.max_pool2d(_switch(x, off.get("conv2")), 2).flatten(1)
    x = _switch(F.linear(x, w["fc1.weight"], w["fc1.bias"]).relu(), off.get("fc1"))
    x = _switch(F.linear(x, w["fc2.weight"], w["fc2.bias"]).relu(), off.get("fc2"))
    return F.linear(x, w["fc3.weight"], w["fc3.bias"])
