"""AlexNet, which won ImageNet in 2012 and began the decade of deep vision.

Krizhevsky, Sutskever & Hinton, "ImageNet classification with deep convolutional neural networks",
NIPS 2012; the single-tower form is Krizhevsky, "One weird trick for parallelizing convolutional
neural networks", https://arxiv.org/abs/1404.5997

Parameter names and shapes are torchvision's.  Departures from the papers, which it makes too: no
local response normalisation, and an average pool before the classifier.
"""

import torch
from torch import Tensor, nn

from labs.models.imagenet import Normalise


class AlexNet(nn.Module):
    """Photos (N, 3, H, W) in [0, 1], at least 63 pixels a side, to logits (N, 1000)."""

    def __init__(self, classes: int = 1000) -> None:
        super().__init__()
        self.normalise = Normalise()
        self.features = nn.Sequential(
            nn.Conv2d(3, 64, 11, stride=4, padding=2),  # (N, 64, 55, 55) for 224 x 224
            nn.ReLU(),
            nn.MaxPool2d(3, stride=2),  # (N, 64, 27, 27)
            nn.Conv2d(64, 192, 5, padding=2),
            nn.ReLU(),
            nn.MaxPool2d(3, stride=2),  # (N, 192, 13, 13)
            nn.Conv2d(192, 384, 3, padding=1),
            nn.ReLU(),
            nn.Conv2d(384, 256, 3, padding=1),
            nn.ReLU(),
            nn.Conv2d(256, 256, 3, padding=1),
            nn.ReLU(),
            nn.MaxPool2d(3, stride=2),  # (N, 256, 6, 6)
        )
        self.avgpool = nn.AdaptiveAvgPool2d(6)
        self.classifier = nn.Sequential(
            nn.Dropout(0.5),
            nn.Linear(256 * 6 * 6, 4096),
            nn.ReLU(),
            nn.Dropout(0.5),
            nn.Linear(4096, 4096),
            nn.ReLU(),
            nn.Linear(4096, classes),
        )

    def forward(self, x: Tensor) -> Tensor:
        x = self.avgpool(self.features(self.normalise(x)))
        return self.classifier(torch.flatten(x, 1))
