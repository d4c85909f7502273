"""MobileNetV2: thin bottlenecks outside, wide depthwise convolutions inside.

Sandler et al., "MobileNetV2: inverted residuals and linear bottlenecks",
https://arxiv.org/abs/1801.04381

Parameter names and shapes are torchvision's (`mobilenet_v2`).
"""

from torch import Tensor, nn

from labs.models.imagenet import Normalise

# expansion, maps, blocks, stride of the first: table 2 of the paper
STAGES = (
    (1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2),
    (6, 320, 1, 1),
)  # fmt: skip


def conv_norm(
    inputs: int, outputs: int, kernel: int = 3, stride: int = 1, groups: int = 1
) -> nn.Sequential:
    """Return a convolution without bias, batch normalisation and ReLU6."""
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU6(),
    )


class InvertedResidual(nn.Module):
    """1 x 1 up, 3 x 3 on each map alone, 1 x 1 down without activation; a shortcut if it fits."""

    def __init__(self, inputs: int, outputs: int, stride: int, expansion: int) -> None:
        super().__init__()
        hidden = inputs * expansion
        self.shortcut = stride == 1 and inputs == outputs
        self.conv = nn.Sequential(
            *([conv_norm(inputs, hidden, 1)] if expansion != 1 else []),
            conv_norm(hidden, hidden, 3, stride, groups=hidden),
            nn.Conv2d(hidden, outputs, 1, bias=False),
            nn.BatchNorm2d(outputs),
        )

    def forward(self, x: Tensor) -> Tensor:
        y = self.conv(x)
        return x + y if self.shortcut else y


class MobileNetV2(nn.Module):
    """Photos (N, 3, H, W) in [0, 1] of any size to logits (N, 1000)."""

    def __init__(self, classes: int = 1000) -> None:
        super().__init__()
        self.normalise = Normalise()
        layers: list[nn.Module] = [conv_norm(3, 32, stride=2)]  # (N, 32, 112, 112)
        inputs = 32
        for expansion, outputs, depth, stride in STAGES:
            for i in range(depth):
                layers.append(InvertedResidual(inputs, outputs, stride if i == 0 else 1, expansion))
                inputs = outputs
        layers.append(conv_norm(inputs, 1280, 1))  # (N, 1280, 7, 7)
        self.features = nn.Sequential(*layers)
        self.classifier = nn.Sequential(nn.Dropout(0.2), nn.Linear(1280, classes))

    def forward(self, x: Tensor) -> Tensor:
        x = self.features(self.normalise(x))
        return self.classifier(x.mean((2, 3)))
