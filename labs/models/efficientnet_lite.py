"""EfficientNet-Lite0: depth, width and resolution scaled together, without what phones lack.

Tan & Le, "EfficientNet: rethinking model scaling for convolutional neural networks",
https://arxiv.org/abs/1905.11946; the Lite variants leave out squeeze-and-excitation and have ReLU6
for swish: https://github.com/tensorflow/tpu/tree/master/models/official/efficientnet/lite

Parameter names are those of the published file, which was converted from TensorFlow: its padding,
and its epsilon and momentum of batch norm, are TensorFlow's.
"""

import math

import torch.nn.functional as F
from torch import Tensor, nn

from labs.models.imagenet import Normalise

# expansion, maps, kernel, blocks, stride of the first: table 1 of the paper
STAGES = (
    (1, 16, 3, 1, 1), (6, 24, 3, 2, 2), (6, 40, 5, 2, 2), (6, 80, 3, 3, 2), (6, 112, 5, 3, 1),
    (6, 192, 5, 4, 2), (6, 320, 3, 1, 1),
)  # fmt: skip
GREY = (127 / 255,) * 3  # pixels go in as (255 x - 127) / 128
SPREAD = (128 / 255,) * 3


class SameConv2d(nn.Conv2d):
    """A convolution with TensorFlow's "same" padding: ceil(side / stride) outputs a side.

    Where the padding is odd, the right and the lower edge get one pixel more.
    """

    def forward(self, x: Tensor) -> Tensor:
        if self.stride == (1, 1):
            return F.conv2d(x, self.weight, self.bias, 1, self.kernel_size[0] // 2, 1, self.groups)
        pads = []
        for side in (x.shape[-1], x.shape[-2]):
            stride, kernel = self.stride[0], self.kernel_size[0]
            whole = max((math.ceil(side / stride) - 1) * stride + kernel - side, 0)
            pads += [whole // 2, whole - whole // 2]
        return super().forward(F.pad(x, pads))


def conv(inputs: int, outputs: int, kernel: int = 1, stride: int = 1, groups: int = 1) -> nn.Conv2d:
    """Return a convolution without bias."""
    return SameConv2d(inputs, outputs, kernel, stride, groups=groups, bias=False)


def norm(maps: int) -> nn.BatchNorm2d:
    """Return batch normalisation as TensorFlow has it."""
    return nn.BatchNorm2d(maps, eps=1e-3, momentum=0.01)


def active(relu: nn.Module, y: Tensor, source: nn.Module) -> Tensor:
    """Return relu(y), in y's own place where nobody asks for a gradient or looks at `source`, which
    made y: memory is what a network of thin layers waits for.
    """
    watched = y.requires_grad or source._forward_hooks or relu._forward_hooks
    return relu(y) if watched else F.relu6(y, inplace=True)


class MBConv(nn.Module):
    """1 x 1 up, k x k on each map alone, 1 x 1 down without activation; a shortcut if it fits."""

    def __init__(self, inputs: int, outputs: int, kernel: int, stride: int, expansion: int) -> None:
        super().__init__()
        hidden = inputs * expansion
        self.shortcut = stride == 1 and inputs == outputs
        if expansion != 1:
            self._expand_conv, self._bn0 = conv(inputs, hidden), norm(hidden)
        self._depthwise_conv = conv(hidden, hidden, kernel, stride, groups=hidden)
        self._bn1 = norm(hidden)
        self._project_conv, self._bn2 = conv(hidden, outputs), norm(outputs)
        self.relu = nn.ReLU6()

    def forward(self, x: Tensor) -> Tensor:
        y = x
        if hasattr(self, "_expand_conv"):
            y = active(self.relu, self._bn0(self._expand_conv(y)), self._expand_conv)
        y = active(self.relu, self._bn1(self._depthwise_conv(y)), self._depthwise_conv)
        y = self._bn2(self._project_conv(y))
        return x + y if self.shortcut else y


class EfficientNetLite0(nn.Module):
    """Photos (N, 3, H, W) in [0, 1] with sides of 32 or more to logits (N, 1000)."""

    def __init__(self, classes: int = 1000) -> None:
        super().__init__()
        self.normalise = Normalise(GREY, SPREAD)
        self._conv_stem, self._bn0 = conv(3, 32, 3, 2), norm(32)  # (N, 32, H / 2, W / 2)
        self._relu0 = nn.ReLU6()
        blocks, inputs = [], 32
        for expansion, outputs, kernel, depth, stride in STAGES:
            for i in range(depth):
                blocks.append(MBConv(inputs, outputs, kernel, stride if i == 0 else 1, expansion))
                inputs = outputs
        self._blocks = nn.Sequential(*blocks)  # (N, 320, H / 32, W / 32)
        self._conv_head, self._bn1 = conv(inputs, 1280), norm(1280)
        self._relu1 = nn.ReLU6()
        self._fc = nn.Linear(1280, classes)

    def features(self, x: Tensor) -> Tensor:
        """Return what the last layer reads of photos: (N, 1280)."""
        x = active(self._relu0, self._bn0(self._conv_stem(self.normalise(x))), self._conv_stem)
        x = active(self._relu1, self._bn1(self._conv_head(self._blocks(x))), self._conv_head)
        return x.mean((2, 3))

    def forward(self, x: Tensor) -> Tensor:
        return self._fc(self.features(x))
