"""VGG-16: nothing but 3 x 3 convolutions, sixteen layers with weights.

Simonyan & Zisserman, "Very deep convolutional networks for large-scale image recognition",
https://arxiv.org/abs/1409.1556

Parameter names and shapes are torchvision's (`vgg16`).
"""

import torch
from torch import Tensor, nn

from labs.models.imagenet import Normalise

STAGES = ((64, 2), (128, 2), (256, 3), (512, 3), (512, 3))  # width, convolutions; then a pool


class VGG16(nn.Module):
    """Photos (N, 3, H, W) in [0, 1], at least 32 pixels a side, to logits (N, 1000)."""

    def __init__(self, classes: int = 1000) -> None:
        super().__init__()
        self.normalise = Normalise()
        layers: list[nn.Module] = []
        inputs = 3
        for width, depth in STAGES:
            for _ in range(depth):
                layers += [nn.Conv2d(inputs, width, 3, padding=1), nn.ReLU()]
                inputs = width
            layers.append(nn.MaxPool2d(2))  # the side is halved
        self.features = nn.Sequential(*layers)  # (N, 512, 7, 7) for 224 x 224
        self.avgpool = nn.AdaptiveAvgPool2d(7)
        self.classifier = nn.Sequential(
            nn.Linear(512 * 7 * 7, 4096),
            nn.ReLU(),
            nn.Dropout(0.5),
            nn.Linear(4096, 4096),
            nn.ReLU(),
            nn.Dropout(0.5),
            nn.Linear(4096, classes),
        )

    def forward(self, x: Tensor) -> Tensor:
        x = self.avgpool(self.features(self.normalise(x)))
        return self.classifier(torch.flatten(x, 1))
