"""SqueezeNet 1.1: AlexNet's accuracy from fifty times fewer parameters.

Iandola et al., "SqueezeNet: AlexNet-level accuracy with 50x fewer parameters",
https://arxiv.org/abs/1602.07360; version 1.1 is from https://github.com/forresti/SqueezeNet

Parameter names and shapes are torchvision's (`squeezenet1_1`).
"""

import torch
from torch import Tensor, nn

from labs.models.imagenet import Normalise


class Fire(nn.Module):
    """Squeeze by a 1 x 1 convolution, expand by 1 x 1 and 3 x 3 beside each other."""

    def __init__(self, inputs: int, squeezed: int, expanded: int) -> None:
        super().__init__()
        self.squeeze = nn.Conv2d(inputs, squeezed, 1)
        self.squeeze_activation = nn.ReLU()
        self.expand1x1 = nn.Conv2d(squeezed, expanded, 1)
        self.expand1x1_activation = nn.ReLU()
        self.expand3x3 = nn.Conv2d(squeezed, expanded, 3, padding=1)
        self.expand3x3_activation = nn.ReLU()

    def forward(self, x: Tensor) -> Tensor:
        x = self.squeeze_activation(self.squeeze(x))
        small = self.expand1x1_activation(self.expand1x1(x))
        large = self.expand3x3_activation(self.expand3x3(x))
        return torch.cat([small, large], dim=1)  # (N, 2 * expanded, H, W)


class SqueezeNet(nn.Module):
    """Photos (N, 3, H, W) in [0, 1], at least 17 pixels a side, to logits (N, 1000)."""

    def __init__(self, classes: int = 1000) -> None:
        super().__init__()
        self.normalise = Normalise()
        self.features = nn.Sequential(
            nn.Conv2d(3, 64, 3, stride=2),  # (N, 64, 111, 111) for 224 x 224
            nn.ReLU(),
            nn.MaxPool2d(3, stride=2, ceil_mode=True),  # (N, 64, 55, 55)
            Fire(64, 16, 64),
            Fire(128, 16, 64),
            nn.MaxPool2d(3, stride=2, ceil_mode=True),  # (N, 128, 27, 27)
            Fire(128, 32, 128),
            Fire(256, 32, 128),
            nn.MaxPool2d(3, stride=2, ceil_mode=True),  # (N, 256, 13, 13)
            Fire(256, 48, 192),
            Fire(384, 48, 192),
            Fire(384, 64, 256),
            Fire(512, 64, 256),
        )
        self.classifier = nn.Sequential(
            nn.Dropout(0.5),
            nn.Conv2d(512, classes, 1),  # a convolution for a classifier: any size goes through
            nn.ReLU(),
            nn.AdaptiveAvgPool2d(1),
        )

    def forward(self, x: Tensor) -> Tensor:
        return torch.flatten(self.classifier(self.features(self.normalise(x))), 1)
