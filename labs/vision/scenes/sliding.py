"""From classifier to fully convolutional: a dense head is a convolution as large as its input.

LeNet-5's first dense layer reads 16 maps of 5 x 5.  Its 120 rows of 400 weights are 120 kernels of
16 x 5 x 5; on a wider picture they slide.
Long, Shelhamer & Darrell, https://arxiv.org/abs/1411.4038, section 3.1
"""

from functools import cache

import torch
import torch.nn.functional as F
from torch import Tensor

from labs import zoo
from labs.data import strokes
from labs.drawing import Drawing
from labs.drawing.mnist import as_mnist

WINDOW, PACE = (
    32,
    4,
)  # pixels of the classifier's window, and between two places of the sliding head
DIGITS = (3, 8, 1, 6)


@cache
def strip() -> Tensor:
    """Return four digits side by side, (1, 1, 32, 124) in [0, 1]."""
    wide = torch.zeros(1, 1, 32, 124)
    for i, digit in enumerate(DIGITS):
        drawing = Drawing()
        drawing.replace(strokes.sample(digit))
        left = 2 + 30 * i
        wide[..., 2:30, left : left + 28] = as_mnist(drawing.ink)
    return wide


def dense(x: Tensor) -> Tensor:
    """Return LeNet's logits (N, 10) of windows x (N, 1, 32, 32), by its dense layers."""
    w = dict(zoo.load("lenet-mnist").named_parameters())
    x = F.max_pool2d(F.conv2d(x, w["conv1.weight"], w["conv1.bias"]).relu(), 2)
    x = F.max_pool2d(F.conv2d(x, w["conv2.weight"], w["conv2.bias"]).relu(), 2)
    x = F.linear(x.flatten(1), w["fc1.weight"], w["fc1.bias"]).relu()  # (N, 400) -> (N, 120)
    x = F.linear(x, w["fc2.weight"], w["fc2.bias"]).relu()
    return F.linear(x, w["fc3.weight"], w["fc3.bias"])


def convolutional(x: Tensor) -> Tensor:
    """Return the same of every window of x (N, 1, H, W), 4 pixels apart: (N, 10, rows, columns)."""
    w = dict(zoo.load("lenet-mnist").named_parameters())
    x = F.max_pool2d(F.conv2d(x, w["conv1.weight"], w["conv1.bias"]).relu(), 2)
    x = F.max_pool2d(F.conv2d(x, w["conv2.weight"], w["conv2.bias"]).relu(), 2)
    x = F.conv2d(x, w["fc1.weight"].view(120, 16, 5, 5), w["fc1.bias"]).relu()
    x = F.conv2d(x, w["fc2.weight"][:, :, None, None], w["fc2.bias"]).relu()
    return F.conv2d(x, w["fc3.weight"][:, :, None, None], w["fc3.bias"])
